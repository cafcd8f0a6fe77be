#!/bin/bash
# Runs Pause.java with one of the collectors of the newest JDK here: run.sh g1|zgc [ARGUMENT...].
# Ends with 77 where there is no JDK, or it has no such collector.
set -euo pipefail
source_file=$(dirname "${BASH_SOURCE[0]}")/Pause.java

jdk=$(find /usr/lib/jvm -maxdepth 3 -path '*/bin/javac' 2>/dev/null | sort -V | tail -n 1)
if [[ -z $jdk ]]; then exit 77; fi
java=$(dirname "$jdk")/java
case $1 in
  g1) collector=-XX:+UseG1GC ;;
  zgc) collector=-XX:+UseZGC ;;
  *) exit 2 ;;
esac
if ! "$java" "$collector" -version >/dev/null 2>&1; then exit 77; fi
# Room for twice the graph and more; large enough for each of them.
exec "$java" "$collector" -Xmx3g "$source_file" "java_$1" "${@:2}"
