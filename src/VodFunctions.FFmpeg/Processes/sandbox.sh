#!/bin/sh
# Supervises FFmpeg. One file under two names, "ffmpeg" and "ffprobe", because launchers such as FFMpegCore look for those.
#
#   ffmpeg [-vod-memory KIB] [-vod-file BLOCKS] [-vod-cpu SECONDS] [-vod-own USER] [-vod-lend FILE]...
#          [-vod-report] PROGRAM ARGUMENT...
#   ffmpeg -version          says that it is there, and runs nothing: FFMpegCore asks that before its first run, with whatever
#                            its own standard input is for a leash
#
# -vod-memory  address space, KiB          -vod-file  largest file, blocks of 512 bytes
# -vod-cpu     processor time of a process, SIGXCPU after that, SIGKILL 30 s later
# -vod-own     the current folder, and those in it, become this user's
# -vod-lend    an input: users may read the file, and the first is open as descriptor 4, the next as 5, up to 9
# -vod-report  the last line of standard error is "vod-exit CODE": for launchers that keep the code to themselves
#
# PROGRAM is FFmpeg, or what confines FFmpeg and then becomes it (SandboxCommand). It has an empty environment.
#
# Supervision: standard input is the leash. The caller keeps it open and silent; its end (the caller died, even by SIGKILL)
# or any byte on it kills everything that was started here. The program itself reads /dev/null. Exit code as the
# program's, 128 + n when signal n ended it.
set -u
PATH=/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin
export PATH

if [ "$*" = -version ]; then
    echo "the sandbox around ${0##*/}"
    exit 0
fi

memory="" blocks="" cpu="" owner="" report="" next=4
while [ $# -gt 0 ]; do
    case $1 in
        -vod-memory) memory=$2; shift 2 ;;
        -vod-file) blocks=$2; shift 2 ;;
        -vod-cpu) cpu=$2; shift 2 ;;
        -vod-own) owner=$2; shift 2 ;;
        -vod-lend)
            chmod o+r "$2" 2>/dev/null
            if [ $next -le 9 ]; then
                eval "exec $next<\"\$2\"" || exit 126
                next=$((next + 1))
            fi
            shift 2 ;;
        -vod-report) report=1; shift ;;
        *) break ;;
    esac
done

run() {
    [ -z "$owner" ] || find . -type d -exec chown -h "$owner:$owner" {} + || exit 126
    ulimit -c 0
    [ -z "$blocks" ] || ulimit -f "$blocks" 2>/dev/null
    if [ -n "$cpu" ]; then
        ulimit -S -t "$cpu" 2>/dev/null
        ulimit -H -t $((cpu + 30)) 2>/dev/null
    fi
    [ -z "$memory" ] || ulimit -v "$memory" 2>/dev/null
    exec env -i PATH="$PATH" HOME=/ LC_ALL=C $session "$@"
}

end() { kill -s KILL -- "-$child" 2>/dev/null; }

# Also when the program is still so young that it has no group of its own yet.
stop() {
    end || kill -s KILL "$child" 2>/dev/null
    end
}

# Whether any process of the group still runs. Dead ones that nobody has waited for yet do not count: that is the business
# of the machine's first process, which may take its time.
remains() {
    [ -r /proc/self/stat ] || return 0
    for stat in /proc/[0-9]*/stat; do
        read -r line 2>/dev/null <"$stat" || continue
        set -- ${line##*) }
        case $1 in
            Z | X) ;;
            *) [ "$3" != "$child" ] || return 0 ;;
        esac
    done
    return 1
}

# The reader that may be left when this shell is killed ends with the leash itself.
watch() {
    dd bs=1 count=1 <&3
    stop
}

# A process group of its own, to be killed as one.
if command -v setsid >/dev/null; then
    session=setsid
else
    session=
    set -m
fi

exec 3<&0 </dev/null
trap '' INT
(
    exec 3<&-
    run "$@"
) &
child=$!
trap stop TERM HUP
# Redirected by exec: a redirected function would keep the caller's pipes open for later.
(
    exec >/dev/null 2>&1
    watch
) &
watcher=$!
exec 3<&-

while :; do
    wait "$child"
    code=$?
    kill -0 "$child" 2>/dev/null || break
done

# By a signal that cannot get lost while the watcher is still starting.
kill -s KILL "$watcher" 2>/dev/null
tries=0
while end && remains && [ $tries -lt 100 ]; do
    tries=$((tries + 1))
    sleep 0.05
done
[ -z "$report" ] || echo "vod-exit $code" >&2
exit "$code"
