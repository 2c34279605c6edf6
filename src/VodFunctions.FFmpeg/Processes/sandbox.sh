#!/bin/sh
# The sandbox around FFmpeg. One file, started under the name of the program to run: "ffmpeg" or "ffprobe".
#
#   ffmpeg [-vod-tool PATH] [-vod-memory KIB] [-vod-file BLOCKS] [-vod-cpu SECONDS] [-vod-writes] [-vod-isolate HOW] [-vod-privs HOW]
#          [-vod-report] ARGUMENT...
#   ffmpeg -vod-detect       prints what this machine permits: "isolate=HOW privs=HOW"
#   ffmpeg -version          says that it is there, and runs nothing: a launcher (FFMpegCore) asks that before its first run,
#                            without saying where the program is, and with whatever its own standard input is for a leash
#
# -vod-memory  address space, KiB          -vod-file  largest file, blocks of 512 bytes
# -vod-cpu     processor time of a process, SIGXCPU after that, SIGKILL 30 s later
# -vod-writes  the current folder (and its folders) is for the program to write
# -vod-isolate root | user | none          a network, process and IPC namespace of its own, made as root or in a user namespace
# -vod-report  the last line of standard error is "vod-exit CODE": for launchers that keep the code to themselves
# -vod-privs   uid | caps | flag | none    gives up root and all capabilities | capabilities | the way to new ones
#
# Supervision: standard input is the leash. The caller keeps it open and silent; its end (the caller died, even by SIGKILL)
# or any byte on it kills everything that was started here. The program itself reads /dev/null. Exit code as the
# program's, 128 + n when signal n ended it.
set -u
PATH=/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin
export PATH

nobody=65534
isolate_root='unshare --net --pid --ipc --fork --kill-child --'
isolate_user='unshare --map-root-user --net --pid --ipc --fork --kill-child --'
privs_uid="setpriv --reuid=$nobody --regid=$nobody --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all --"
privs_caps='setpriv --no-new-privs --inh-caps=-all --bounding-set=-all --'
privs_flag='setpriv --no-new-privs --'

detect() {
    works() { "$@" true </dev/null >/dev/null 2>&1; }
    isolate=none inside=
    if [ "$(id -u)" = 0 ] && works $isolate_root; then
        isolate=root inside=$isolate_root
    elif works $isolate_user; then
        isolate=user inside=$isolate_user
    fi

    privs=none
    if [ "$(id -u)" = 0 ] && [ $isolate != user ] && works $inside $privs_uid; then
        privs=uid
    elif works $inside $privs_caps; then
        privs=caps
    elif works $inside $privs_flag; then
        privs=flag
    fi

    echo "isolate=$isolate privs=$privs"
}

if [ "$*" = -version ]; then
    echo "the sandbox around ${0##*/}"
    exit 0
fi

tool=${0##*/} memory= blocks= cpu= writes= isolate=none privs=none report=
while [ $# -gt 0 ]; do
    case $1 in
        -vod-detect) detect; exit 0 ;;
        -vod-tool) tool=$2; shift 2 ;;
        -vod-memory) memory=$2; shift 2 ;;
        -vod-file) blocks=$2; shift 2 ;;
        -vod-cpu) cpu=$2; shift 2 ;;
        -vod-isolate) isolate=$2; shift 2 ;;
        -vod-privs) privs=$2; shift 2 ;;
        -vod-writes) writes=1; shift ;;
        -vod-report) report=1; shift ;;
        *) break ;;
    esac
done

# Without root the program can reach neither folders nor files of root: it writes below its current folder, which becomes
# its own, and reads its inputs through descriptors that are opened here, so folders above them do not matter.
next=4
hand_over() {
    if [ -n "$writes" ]; then
        find . -type d -exec chown -h $nobody:$nobody {} + || exit 126
    fi
}

run() {
    if [ "$privs" = uid ]; then
        hand_over
        left=$# previous=
        while [ "$left" -gt 0 ]; do
            word=$1
            if [ "$previous" = -i ] && [ $next -le 9 ] && [ -f "$word" ]; then
                case $word in
                    /*)
                        chmod o+r "$word" 2>/dev/null
                        eval "exec $next<\"\$word\"" || exit 126
                        word=/dev/fd/$next next=$((next + 1)) ;;
                esac
            fi
            previous=$1
            shift
            set -- "$@" "$word"
            left=$((left - 1))
        done
    fi

    case ${0##*/} in
        ffmpeg) set -- "$tool" -nostdin "$@" ;;
        *) set -- "$tool" "$@" ;;
    esac

    case $privs in
        uid) set -- $privs_uid "$@" ;;
        caps) set -- $privs_caps "$@" ;;
        flag) set -- $privs_flag "$@" ;;
    esac

    # The first process of a process namespace takes all others with it when it ends. It must be one that the program
    # cannot touch or replace: a shell.
    case $isolate in
        root) set -- $isolate_root sh -c '"$@"; exit $?' sandbox "$@" ;;
        user) set -- $isolate_user sh -c '"$@"; exit $?' sandbox "$@" ;;
    esac

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
