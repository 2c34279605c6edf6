#!/usr/bin/env bash
# Builds the browser app and uploads it, page last, so that no page names a file that is not there. Ends the hook after "azd
# deploy"; can be run by itself: azd hooks run postdeploy
#
# Outdated files below assets/ are kept: pages that are still open load them, a version that is brought back finds its own,
# and a hundred deployments of them are some hundred megabytes.
set -euo pipefail

HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=common.sh
. "$HERE/common.sh"
ROOT="$(cd "$HERE/../.." && pwd)"
BUILT="$ROOT/src/VodFunctions.Web/dist"

# The names of the files below assets/ have a hash of what they hold.
FOR_EVER='public, max-age=31536000, immutable'
BRIEFLY='public, max-age=60'

AGAIN='azd hooks run postdeploy'

need_settings "$AGAIN" AZURE_SUBSCRIPTION_ID VOD_SITE_ACCOUNT VOD_SITE_CONTAINER VOD_SITE_URL
command -v az >/dev/null 2>&1 || die "The Azure CLI (az) is missing: https://aka.ms/azure-cli"
command -v npm >/dev/null 2>&1 || die "Node.js 20 or newer with npm is missing: https://nodejs.org"

# How people sign in: docs/web.md. With a client id by OpenID Connect; else by the site's own ECMAScript module.
sign_in="${VOD_SIGN_IN_MODULE:-}"
client_id="${VOD_AUTH_CLIENT_ID:-}"
config='{"api":"/api","signIn":{"kind":"module","url":"/sign-in.js"}}'
if [ -n "$client_id" ]; then
  [ -z "$sign_in" ] || die 'VOD_AUTH_CLIENT_ID and VOD_SIGN_IN_MODULE are both set. Keep one.' "azd env set VOD_SIGN_IN_MODULE '' && $AGAIN"
  for name in VOD_AUTH_AUTHORITY VOD_AUTH_AUDIENCE; do
    [ -n "${!name:-}" ] || die "$name is not set, and VOD_AUTH_CLIENT_ID needs it." "azd env set $name ... && azd provision && azd deploy"
  done
  audience="$VOD_AUTH_AUDIENCE"
  scope="${VOD_AUTH_SCOPE:-openid profile offline_access}"
  case "$VOD_AUTH_AUTHORITY" in
    # Entra names the API in the scope.
    https://login.microsoftonline.* | https://login.partner.microsoftonline.cn/* | https://*.ciamlogin.com/*)
      scope="${VOD_AUTH_SCOPE:-openid profile offline_access $audience/.default}"
      audience='' ;;
  esac
  case "$VOD_AUTH_AUTHORITY$client_id$scope$audience" in
    *[\"\\[:cntrl:]]*) die 'VOD_AUTH_AUTHORITY, _CLIENT_ID, _AUDIENCE and _SCOPE may hold no quotation mark or backslash.' 'azd env get-values' ;;
  esac
  config="$(printf '{"api":"/api","signIn":{"kind":"oidc","issuer":"%s","clientId":"%s","scope":"%s"%s}}' \
    "$VOD_AUTH_AUTHORITY" "$client_id" "$scope" "${audience:+,\"audience\":\"$audience\"}")"
elif [ -z "$sign_in" ]; then
  sign_in="$HERE/viewers-only.js"
  say "neither VOD_AUTH_CLIENT_ID nor VOD_SIGN_IN_MODULE is set: people can watch, and cannot sign in"
elif [ "${sign_in#/}" = "$sign_in" ]; then
  sign_in="$ROOT/$sign_in"
fi
[ -z "$sign_in" ] || [ -f "$sign_in" ] || die "VOD_SIGN_IN_MODULE: there is no file $sign_in." "azd env set VOD_SIGN_IN_MODULE PATH && $AGAIN"

say "building the browser app"
build='npm ci && npm run -w src/VodFunctions.Web build'
(cd "$ROOT" && npm ci --no-audit --no-fund --loglevel=error && npm run --silent -w src/VodFunctions.Web build) </dev/null >&2 \
  || die "The browser app could not be built: see the message above." "$build && $AGAIN"
[ -f "$BUILT/index.html" ] || die "The build has left no $BUILT/index.html." "$build"

# Three folders, in the order in which they are uploaded.
stage="$scratch/stage"
mkdir -p "$stage/page" "$stage/files"
cp -R "$BUILT/." "$stage/files"
if [ -d "$stage/files/assets" ]; then mv "$stage/files/assets" "$stage/assets"; else mkdir "$stage/assets"; fi
mv "$stage/files/index.html" "$stage/page/"
[ -z "$sign_in" ] || cp "$sign_in" "$stage/files/sign-in.js"
printf '%s\n' "$config" >"$stage/files/config.json"
# Front Door compresses by itself.
find "$stage" -type f \( -name '*.br' -o -name '*.gz' -o -name '*.map' \) -delete

# Without a charset: Front Door compares the whole type when it decides what to compress. All of it is UTF-8, and says so
# or must be.
type_of() {
  case "$1" in
    html) printf 'text/html' ;;
    js) printf 'text/javascript' ;;
    css) printf 'text/css' ;;
    json) printf 'application/json' ;;
    webmanifest) printf 'application/manifest+json' ;;
    svg) printf 'image/svg+xml' ;;
    png) printf 'image/png' ;;
    jpg) printf 'image/jpeg' ;;
    webp) printf 'image/webp' ;;
    ico) printf 'image/x-icon' ;;
    woff2) printf 'font/woff2' ;;
    wasm) printf 'application/wasm' ;;
    txt) printf 'text/plain' ;;
    *) die "*.$1: say in bicep/hooks/site.sh what type of file that is." ;;
  esac
}

messages="$stage/messages"
try_upload() {
  az storage blob upload-batch --subscription "$AZURE_SUBSCRIPTION_ID" --account-name "$VOD_SITE_ACCOUNT" --auth-mode login \
    --destination "$VOD_SITE_CONTAINER" "$@" --overwrite true --only-show-errors --output none 2>"$messages"
}

# upload FOLDER CACHE-CONTROL [UNDER]: one call for each type. The right to do so takes some minutes when it is new.
upload() {
  local folder="$1" cache="$2" under="${3:-}" extension type deadline=$((SECONDS + PATIENCE_SECONDS))
  find "$folder" -type f | sed 's/.*\.//' | sort -u >"$stage/extensions"
  while read -r extension; do
    type="$(type_of "$extension")"
    until try_upload --source "$folder" ${under:+--destination-path "$under"} --pattern "*.$extension" --content-type "$type" \
      --content-cache-control "$cache" </dev/null; do
      if [ "$SECONDS" -ge "$deadline" ]; then
        cat "$messages" >&2
        die "The browser app could not be uploaded to $VOD_SITE_ACCOUNT: see the message above. The role is given by azd provision." \
          "azd provision && $AGAIN"
      fi
      sleep "$PAUSE_SECONDS"
    done
  done <"$stage/extensions"
}

say "uploading it to $VOD_SITE_ACCOUNT"
upload "$stage/assets" "$FOR_EVER" assets
upload "$stage/files" "$BRIEFLY"
upload "$stage/page" "$BRIEFLY"
say "the browser app is at $VOD_SITE_URL (Front Door takes up to an hour the first time)"
