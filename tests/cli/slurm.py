"""A Slurm cluster of two nodes on this machine, for as long as a test lasts."""
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

NODES = ("desk1", "desk2")
NEEDED = ("munged", "slurmctld", "slurmd", "sbatch", "squeue", "sinfo")
PATH = os.environ["PATH"] + ":/usr/sbin"

CONFIGURATION = """ClusterName=presskit
SlurmctldHost={host}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket={folder}/munge.socket
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool.%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/%n.log
SlurmctldPort={ports[0]}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
ReturnToService=2
SwitchType=switch/none
MpiDefault=none
NodeName=desk1 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[1]} CPUs=2
NodeName=desk2 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[2]} CPUs=2
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def why_not():
    """Why there can be no cluster here, or None."""
    missing = [name for name in NEEDED if not shutil.which(name, path=PATH)]
    if missing:
        return f"{', '.join(missing)} not installed"
    return None if os.geteuid() == 0 else "Slurm's daemons want root"


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Cluster:
    """`with Cluster() as cluster:` has both nodes idle. `cluster.environment` is for
    Slurm's commands; raises RuntimeError with what the daemons said if none comes up."""

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="presskit-slurm-"))
        self.daemons = []
        self.environment = os.environ | {"PATH": PATH, "SLURM_CONF": str(self.folder / "slurm.conf")}
        try:
            self.begin()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, *_):
        for daemon in reversed(self.daemons):
            daemon.terminate()
        for daemon in self.daemons:
            try:
                daemon.wait(10)
            except subprocess.TimeoutExpired:
                daemon.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, program, *arguments):
        with open(self.folder / f"{program}.out", "ab") as said:
            self.daemons.append(subprocess.Popen([shutil.which(program, path=PATH), *map(str, arguments)], stdout=said,
                                                 stderr=said, stdin=subprocess.DEVNULL, env=self.environment))

    def begin(self):
        folder = self.folder
        (folder / "key").write_bytes(os.urandom(1024))
        (folder / "key").chmod(0o400)
        self.start("munged", "--foreground", "--force", f"--key-file={folder}/key", f"--socket={folder}/munge.socket",
                   f"--pid-file={folder}/munge.pid", f"--log-file={folder}/munge.log", f"--seed-file={folder}/seed")
        (folder / "slurm.conf").write_text(CONFIGURATION.format(
            folder=folder, host=socket.gethostname().split(".")[0], ports=free_ports(3)))
        for name in ("state", *(f"spool.{node}" for node in NODES)):
            (folder / name).mkdir()
        self.start("slurmctld", "-D", "-c")
        for node in NODES:
            self.start("slurmd", "-D", "-N", node)
        self.wait(lambda: self.run("sinfo", "-h", "-N", "-o", "%N %t").split("\n").count("") == 1 and
                  all(f"{node} idle" in self.run("sinfo", "-h", "-N", "-o", "%N %t") for node in NODES), 30)

    def run(self, *arguments):
        """What a command of Slurm's prints; empty if it fails, as it does until the controller is up."""
        return subprocess.run(arguments, env=self.environment, capture_output=True, text=True, check=False).stdout

    def wait(self, is_so, seconds):
        end = time.monotonic() + seconds
        while not is_so():
            if time.monotonic() > end:
                said = [f"{path.name}: {path.read_text(errors='replace')[-1000:]}" for path in
                        [*self.folder.glob("*.log"), *self.folder.glob("*.out")]]
                raise RuntimeError("the cluster is not ready: " + "\n".join(said))
            time.sleep(0.1)

    def array(self, tasks, script, *arguments, cwd, environment):
        """Submits `script` as an array, waits for its end, returns {task: node}."""
        job = subprocess.run(["sbatch", "--parsable", f"--array={tasks}", "--output", self.folder / "task.%a",
                              "--cpus-per-task=1", script, *arguments], cwd=cwd, env=self.environment | environment,
                             capture_output=True, text=True, check=True).stdout.strip()
        nodes = {}

        def is_over():
            for line in self.run("squeue", "-h", "-r", "-j", job, "-o", "%K %N").splitlines():
                task, _, node = line.partition(" ")
                if node:
                    nodes[task] = node
            return job not in self.run("squeue", "-h", "-r", "-o", "%F").split()

        self.wait(is_over, 120)
        return nodes

    def said(self):
        return {path.name: path.read_text(errors="replace") for path in self.folder.glob("task.*")}
