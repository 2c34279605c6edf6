#!/bin/sh
# Ends process groups when the program that names them here ends without ending them itself, as by SIGKILL: its end of the
# pipe closes then. Lines: "start TARGET GROUP", "end TARGET GROUP"; TARGET is what gets the SIGTERM, the group's leader
# or, with a minus sign before it, the whole group.
trap '' INT TERM HUP

targets=""
while read -r what target group; do
  case $what in
    start) targets="$target:$group $targets" ;;
    end)
      rest=""
      for each in $targets; do [ "$each" = "$target:$group" ] || rest="$rest$each "; done
      targets="$rest"
      ;;
  esac
done

# The last started first: a host still writes to the storage while it stops.
for each in $targets; do
  target="${each%%:*}" group="${each##*:}" tries=0
  kill -s TERM -- "$target" 2>/dev/null
  while kill -s 0 -- "$target" 2>/dev/null && [ "$tries" -lt 250 ]; do
    sleep 0.1
    tries=$((tries + 1))
  done
  kill -s KILL -- "-$group" 2>/dev/null
done
