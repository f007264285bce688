# Writes the assembly by which libraries are opened at the first call instead of
# at every start of the process: linking cairo with its X11, Pango, json-glib
# with GIO and the like costs a start more than a page of type takes.
#
#   cmake -DNM=... -DREADELF=... -DOBJECTS=a;b -DLIBRARIES=x.so;y.so -DEXCEPT=f;g -DOUTPUT=f.S \
#         -P delay.cmake
#
# For each function of LIBRARIES that OBJECTS call, but for EXCEPT, there is a stub of the same
# name that jumps through a slot. At first the slot leads back to the stub's
# second half, which has src/cli/start/delayed.c open the library and fill the slot;
# then each call is one jump, as through any procedure linkage table. Nothing in
# the sources tells of it. The stubs are hidden: other libraries of the process
# see the real functions alone. For the System V ABI of x86-64; on other
# machines the libraries are linked as usual.
cmake_minimum_required(VERSION 3.25)

# The names in nm's lines that match, without their version.
function(names_of out pattern)
  execute_process(COMMAND ${NM} ${ARGN} OUTPUT_VARIABLE text ERROR_QUIET COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX MATCHALL "(^|\n)[0-9a-f ]* ${pattern} [^@\n]+" lines "${text}")
  list(TRANSFORM lines REPLACE "^.* ${pattern} " "")
  list(REMOVE_DUPLICATES lines)
  list(SORT lines)
  set(${out} ${lines} PARENT_SCOPE)
endfunction()

names_of(called U -u ${OBJECTS})
list(REMOVE_ITEM called ${EXCEPT})
set(stubs "")
set(slots "")
set(table "")
set(number 0)
foreach(library IN LISTS LIBRARIES)
  names_of(offered "[TWi]" -D --defined-only ${library})
  execute_process(COMMAND ${READELF} -d ${library} OUTPUT_VARIABLE dynamic COMMAND_ERROR_IS_FATAL ANY)
  if(NOT dynamic MATCHES "SONAME[^[]*\\[([^]]+)\\]")
    message(FATAL_ERROR "${library} has no soname")
  endif()
  set(soname ${CMAKE_MATCH_1})
  foreach(name IN LISTS called)
    if(NOT name IN_LIST offered)
      continue()
    endif()
    list(REMOVE_ITEM called ${name})
    string(APPEND stubs "STUB ${name}, ${number}\n")
    string(APPEND slots "  .quad .Lsecond_${number}\n")
    string(APPEND table "ENTRY \"${name}\", \"${soname}\"\n")
    math(EXPR number "${number} + 1")
  endforeach()
endforeach()

set(head [=[
/* Made by cmake/delay.cmake. */
.macro STUB name, number
  .globl \name
  .hidden \name
  .type \name, @function
  .p2align 4
\name:
  .cfi_startproc
  jmp *pk_delayed_slots+8*\number(%rip)
.Lsecond_\number:
  pushq $\number
  .cfi_adjust_cfa_offset 8
  jmp .Lopen
  .cfi_endproc
  .size \name, .-\name
.endm

.macro ENTRY name, library
  .section .rodata.str1.1, "aMS", @progbits, 1
771: .asciz "\name"
772: .asciz "\library"
  .section .data.rel.ro.local, "aw", @progbits
  .quad 771b, 772b
.endm

.text
/* The number of the function lies on the stack above the return address; all
 * registers that may hold an argument are kept. */
.Lopen:
  .cfi_startproc
  .cfi_adjust_cfa_offset 8
  pushq %rax
  pushq %rdi
  pushq %rsi
  pushq %rdx
  pushq %rcx
  pushq %r8
  pushq %r9
  pushq %r10
  .cfi_adjust_cfa_offset 64
  subq $128, %rsp
  .cfi_adjust_cfa_offset 128
  movups %xmm0, (%rsp)
  movups %xmm1, 16(%rsp)
  movups %xmm2, 32(%rsp)
  movups %xmm3, 48(%rsp)
  movups %xmm4, 64(%rsp)
  movups %xmm5, 80(%rsp)
  movups %xmm6, 96(%rsp)
  movups %xmm7, 112(%rsp)
  movq 192(%rsp), %rdi
  call pk_delayed_open
  movq %rax, %r11
  movups (%rsp), %xmm0
  movups 16(%rsp), %xmm1
  movups 32(%rsp), %xmm2
  movups 48(%rsp), %xmm3
  movups 64(%rsp), %xmm4
  movups 80(%rsp), %xmm5
  movups 96(%rsp), %xmm6
  movups 112(%rsp), %xmm7
  addq $128, %rsp
  .cfi_adjust_cfa_offset -128
  popq %r10
  popq %r9
  popq %r8
  popq %rcx
  popq %rdx
  popq %rsi
  popq %rdi
  popq %rax
  addq $8, %rsp
  .cfi_adjust_cfa_offset -72
  jmp *%r11
  .cfi_endproc

]=])
string(CONCAT text "${head}" "${stubs}"
  "\n.data\n.p2align 3\n.globl pk_delayed_slots\n.hidden pk_delayed_slots\npk_delayed_slots:\n${slots}"
  "\n.section .data.rel.ro.local, \"aw\", @progbits\n.p2align 3\n"
  ".globl pk_delayed_functions\n.hidden pk_delayed_functions\npk_delayed_functions:\n${table}"
  "\n.section .note.GNU-stack, \"\", @progbits\n")
file(WRITE ${OUTPUT} "${text}")
