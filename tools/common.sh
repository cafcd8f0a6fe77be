# What the other tools share. Sourced first; from then on the working folder is the project's root.

# The folder that the user stands in.
readonly caller=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# In an empty environment bash has a PATH of its own and keeps it to itself.
export PATH

# The comment that opens a tool is its help.
print_help() { sed -n '2,/^[^#]/s/^# \{0,1\}//p' "tools/${0##*/}"; }

# A build that says nothing unless it fails; on a terminal it shows its progress.
quiet_build() {
  local log status=0
  if [[ -t 2 ]]; then
    bazel build --ui_event_filters=-info --show_result=0 "$@" </dev/null
    return
  fi
  log=$(mktemp)
  bazel build --noshow_progress --show_result=0 "$@" </dev/null >"$log" 2>&1 || status=$?
  if ((status != 0)); then cat "$log" >&2; fi
  rm -f "$log"
  return "$status"
}

# Where the outputs of a build with these options lie. Not the link bazel-bin: another command may
# have pointed it at another configuration meanwhile.
output_folder() { bazel info "$@" bazel-bin </dev/null 2>/dev/null; }
