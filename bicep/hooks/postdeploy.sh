#!/usr/bin/env bash
# Runs after "azd deploy": gives the app that transcodes the image that the API has got, and tells Event Grid where stored
# uploads are announced. Can be run again at any time: azd hooks run postdeploy
#
# Event Grid needs a key of the app, which exists only once the app runs: that is why it is not part of the templates. The
# key is not printed, not stored, and not given as an argument.
set -euo pipefail

PATIENCE_SECONDS="${VOD_HOOK_PATIENCE_SECONDS:-600}"
PAUSE_SECONDS="${VOD_HOOK_PAUSE_SECONDS:-10}"
HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

say() { printf '%s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }

need() { [ -n "${!1:-}" ] || die "$1 is not set: run this by azd (azd hooks run postdeploy)."; }

for name in AZURE_SUBSCRIPTION_ID AZURE_RESOURCE_GROUP VOD_API_APP VOD_API_URL VOD_EVENT_TOPIC \
  VOD_DEAD_LETTER_ACCOUNT_ID VOD_DEAD_LETTER_CONTAINER; do
  need "$name"
done
command -v az >/dev/null 2>&1 || die "The Azure CLI (az) is missing: https://aka.ms/azure-cli"
az extension add --name containerapp --upgrade --only-show-errors >/dev/null

here_az() { az "$@" --subscription "$AZURE_SUBSCRIPTION_ID" --resource-group "$AZURE_RESOURCE_GROUP" --only-show-errors; }

# wait_for WHAT COMMAND...: until the command prints something.
wait_for() {
  local what="$1" answer deadline=$((SECONDS + PATIENCE_SECONDS))
  shift
  while true; do
    answer="$("$@" 2>/dev/null || true)"
    if [ -n "$answer" ]; then
      printf '%s' "$answer"
      return 0
    fi
    [ "$SECONDS" -lt "$deadline" ] || die "$what did not come within $PATIENCE_SECONDS s: see the logs of $VOD_API_APP."
    sleep "$PAUSE_SECONDS"
  done
}

image_of() { here_az containerapp show --name "$1" --query 'properties.template.containers[0].image' --output tsv; }

# The API first: it starts orchestrations, and the other app does what they ask for. Both know the work of the version
# before, so for the minutes between them nothing is lost.
if [ -n "${VOD_MEDIA_APP:-}" ]; then
  image="$(image_of "$VOD_API_APP")"
  if [ "$(image_of "$VOD_MEDIA_APP")" = "$image" ]; then
    say "$VOD_MEDIA_APP has the image already"
  else
    say "giving $VOD_MEDIA_APP the image of $VOD_API_APP"
    here_az containerapp update --name "$VOD_MEDIA_APP" --image "$image" --output none
  fi
fi

is_live() { curl --silent --fail --max-time 10 --output /dev/null "$VOD_API_URL/api/health/live" && printf live; }
wait_for "An answer of $VOD_API_URL/api/health/live" is_live >/dev/null
say "$VOD_API_URL answers"

event_key() {
  here_az containerapp function keys show --name "$VOD_API_APP" --key-type systemKey --key-name blobs_extension \
    --query value.value --output tsv
}
key="$(wait_for 'The key for blob events' event_key)"
key="${key//+/%2B}" key="${key//\//%2F}" key="${key//=/%3D}" # Base64, to stand in a query.

# Only for this user's eyes, and gone when this ends.
parameters="$(umask 077 && mktemp)"
trap 'rm -f "$parameters"' EXIT
url="$VOD_API_URL/runtime/webhooks/blobs?functionName=Host.Functions.OnUpload&code=$key"
cat >"$parameters" <<JSON
{
  "\$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {
    "topicName": { "value": "$VOD_EVENT_TOPIC" },
    "deadLetterAccountId": { "value": "$VOD_DEAD_LETTER_ACCOUNT_ID" },
    "deadLetterContainer": { "value": "$VOD_DEAD_LETTER_CONTAINER" },
    "webhookUrl": { "value": "$url" }
  }
}
JSON

# Event Grid calls the app to see that it is there; a first call may come too early.
subscribe() {
  here_az deployment group create --name vod-event-subscription --template-file "$HERE/../event-subscription.bicep" \
    --parameters "@$parameters" --query properties.provisioningState --output tsv
}
wait_for 'The event subscription' subscribe >/dev/null
say "uploads are announced to $VOD_API_APP"

"$HERE/site.sh"
