#!/usr/bin/env bash
# Presses keys in real terminals, on an X server without a screen, with several keyboard layouts.
#
#   tests/keyboard_check.sh PROGRAM
#
# Keys are pressed by their place on the keyboard, as a person does: Ctrl with the key of C has to leave, and
# Alt with the key of A has to select everything, whatever letter the layout has there. A line for each
# terminal and layout begins with PASS or FAIL. Needs:
#
#   apt-get install --no-install-recommends xvfb xterm kitty xdotool x11-xkb-utils fonts-dejavu-core
set -u
program=$(realpath "$1")
room=$(mktemp -d)
failed=0
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$room"' EXIT
cd "$room" || exit 1

# Waits until a command succeeds. Only a failure waits so long.
wait_until() {
  local tries
  for ((tries = 0; tries < 1200; tries++)); do
    "$@" && return
    sleep 0.05
  done
  return 1
}

is_raw() { [ -s tty ] && stty -F "$(cat tty)" -a 2>/dev/null | grep -q -- -icanon; }

# Presses keys until the program has ended: the first ones may come before the window has the focus.
press_until_it_ends() {
  local tries
  for ((tries = 0; tries < 160; tries++)); do
    xdotool mousemove 200 200 "$@"
    [ -s code ] && return
    sleep 0.25
  done
  return 1
}

# attempt TERMINAL LAYOUT CODE OUTPUT KEY...
attempt() {
  local terminal=$1 layout=$2 code=$3 output=$4 result=1
  shift 4
  rm -f tty code out
  setxkbmap "$layout"
  case $terminal in
    xterm) xterm -u8 -fa 'DejaVu Sans Mono' -fs 9 -e sh run.sh & ;;
    kitty) LIBGL_ALWAYS_SOFTWARE=1 kitty --config NONE -o confirm_os_window_close=0 sh run.sh & ;;
  esac 2>/dev/null
  local window=$!
  wait_until is_raw && press_until_it_ends "$@"
  [ "$(cat code 2>/dev/null)" = "$code" ] && [ "$(wc -w <out)" = "$output" ] && result=0
  kill "$window" 2>/dev/null
  wait "$window" 2>/dev/null
  return "$result"
}

# check TERMINAL LAYOUT NAME CODE OUTPUT KEY...
check() {
  local terminal=$1 layout=$2 name=$3
  shift 3
  # On a busy machine an X client may start with the layout before: a second window has the right one.
  if attempt "$terminal" "$layout" "$@" || attempt "$terminal" "$layout" "$@"; then
    echo "PASS $terminal, $layout: $name"
  else
    echo "FAIL $terminal, $layout: $name: exit code '$(cat code 2>/dev/null)', printed '$(cat out 2>/dev/null)'"
    failed=1
  fi
}

cat >run.sh <<RUN
tty >tty
'$program' --config none --actions pipedrive_list_users >out 2>/dev/null
echo \$? >code
RUN

Xvfb -displayfd 1 -screen 0 1000x700x24 -nolisten tcp >display 2>/dev/null &
wait_until test -s display || { echo "FAIL no X server"; exit 1; }
DISPLAY=:$(cat display)
export DISPLAY

for terminal in xterm kitty; do
  for layout in us ru gr; do
    check "$terminal" "$layout" 'Ctrl-C leaves' 130 0 keydown 37 key 54 keyup 37
    check "$terminal" "$layout" 'Alt-A selects all' 0 17 keydown 64 key 38 keyup 64 key 36
  done
done
exit "$failed"
