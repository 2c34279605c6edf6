#!/bin/sh
# The container's entry point: gives up what the app's role does not need, then becomes the Functions host.
# A container that is not started as root has given it up already.
set -eu

if [ "$(id -u)" != 0 ]; then
    exec "$@"
fi

# Api runs no FFmpeg: it needs no privilege at all.
if [ "${Vod__Role:-All}" = Api ]; then
    exec setpriv --reuid=10001 --regid=10001 --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all -- "$@"
fi

# The others make FFmpeg another user (setuid, setgid, setpcap), hand it a folder and take back what it leaves (chown, fowner,
# dac_override), end it (kill), and give it a view of its own where the platform permits that (sys_admin).
exec setpriv --inh-caps=-all \
    --bounding-set=-all,+setuid,+setgid,+setpcap,+chown,+fowner,+dac_override,+kill,+sys_admin -- "$@"
