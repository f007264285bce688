printf -- '\357\273\277---\r\nheadline: A visit\r\nlang: en\r\n---\r\nThe visit went well.\r\n' > article-crlf-and-bom.md
