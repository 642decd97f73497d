# For scripts that try things, by `. tests/support/expect.sh`: each thing is said to be ok, FAILED or skipped; `failed` is 1 once one was.
# shellcheck shell=sh
# shellcheck disable=SC2034  # the script's exit status
failed=0
expect() { # expect WHAT CONDITION...
    expected=$1
    shift
    if "$@"; then echo "ok $expected"; else echo "FAILED $expected"; failed=1; fi
}
skip() { # skip WHY: all that is left of the script
    echo "skipped: $1"
    exit 0
}
