# shellcheck shell=bash
# What the hooks share. Whatever fails ends with what failed, what the command said, and what to type.

PATIENCE_SECONDS="${VOD_HOOK_PATIENCE_SECONDS:-600}"
PAUSE_SECONDS="${VOD_HOOK_PAUSE_SECONDS:-10}"

# Only for this user's eyes, and gone when the hook ends.
scratch="$(umask 077 && mktemp -d)"
trap 'rm -rf "$scratch"' EXIT

say() { printf '%s\n' "$*"; }

# die WHAT [TYPE-THIS]
die() {
  printf '%s\n' "$1" >&2
  if [ -n "${2:-}" ]; then printf 'Type:\n    %s\n' "$2" >&2; fi
  exit 1
}

# need_settings COMMAND NAME...: that azd has given them.
need_settings() {
  local command="$1" name
  shift
  for name in "$@"; do
    [ -n "${!name:-}" ] || die "$name is not set: azd gives it to its hooks." "$command"
  done
}

need_az() {
  command -v az >/dev/null 2>&1 || die 'The Azure CLI (az) is missing: https://aka.ms/azure-cli'
  try 'The Azure CLI is not signed in to the subscription.' "az login && az account set --subscription $AZURE_SUBSCRIPTION_ID" \
    az account show --subscription "$AZURE_SUBSCRIPTION_ID" --output none
}

# try WHAT TYPE-THIS COMMAND...: its output is the command's; what it says on standard error is shown where it fails.
try() {
  local what="$1" type_this="$2"
  shift 2
  if ! "$@" 2>"$scratch/messages"; then
    cat "$scratch/messages" >&2
    die "$what" "$type_this"
  fi
}

# wait_for WHAT TYPE-THIS COMMAND...: until the command prints something. What it said last is shown where that never comes.
wait_for() {
  local what="$1" type_this="$2" answer deadline=$((SECONDS + PATIENCE_SECONDS))
  shift 2
  while true; do
    answer="$("$@" 2>"$scratch/messages" || true)"
    if [ -n "$answer" ]; then
      printf '%s' "$answer"
      return 0
    fi
    if [ "$SECONDS" -ge "$deadline" ]; then
      cat "$scratch/messages" >&2
      die "$what did not come within $PATIENCE_SECONDS s." "$type_this"
    fi
    sleep "$PAUSE_SECONDS"
  done
}
