#!/usr/bin/env bash
# Runs after "azd deploy": tells Event Grid where stored uploads are announced, then uploads the browser app. Can be run again
# at any time: azd hooks run postdeploy
#
# Event Grid needs a key that the API's host makes when it first runs: that is why it is not part of the templates. The host
# keeps it in a container of its own account, which who deploys may read. The key is not printed, not stored, and not given
# as an argument.
set -euo pipefail
HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=common.sh
. "$HERE/common.sh"

AGAIN='azd hooks run postdeploy'
KEYS_CONTAINER=azure-webjobs-secrets
KEYS_BLOB=vod-api/host.json

need_settings "$AGAIN" AZURE_SUBSCRIPTION_ID AZURE_RESOURCE_GROUP VOD_API_APP VOD_API_URL VOD_HOST_ACCOUNT VOD_EVENT_TOPIC \
  VOD_DEAD_LETTER_ACCOUNT_ID VOD_DEAD_LETTER_CONTAINER
need_az
command -v node >/dev/null 2>&1 || die 'Node.js 20 or newer is missing: https://nodejs.org'

is_live() { curl --silent --show-error --fail --max-time 10 --output /dev/null "$VOD_API_URL/api/health/live" && printf live; }
wait_for "An answer of $VOD_API_URL/api/health/live" \
  "az containerapp logs show --resource-group $AZURE_RESOURCE_GROUP --name $VOD_API_APP --tail 100" is_live >/dev/null
say "$VOD_API_URL answers"

# From the host's own document: {"systemKeys":[{"name":"blobs_extension","value":"...","encrypted":false}]}.
event_key() {
  if [ -n "${VOD_EVENT_KEY:-}" ]; then
    printf '%s' "$VOD_EVENT_KEY"
    return 0
  fi
  az storage blob download --subscription "$AZURE_SUBSCRIPTION_ID" --account-name "$VOD_HOST_ACCOUNT" --auth-mode login \
    --container-name "$KEYS_CONTAINER" --name "$KEYS_BLOB" --file "$scratch/host.json" --overwrite true \
    --only-show-errors --output none >&2
  node -e '
    const { systemKeys = [] } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    const key = systemKeys.find(each => each.name === "blobs_extension");
    if (!key) throw new Error("The host has made no key blobs_extension yet.");
    if (key.encrypted) throw new Error("The key blobs_extension is encrypted: only the host can read it.");
    process.stdout.write(key.value);
  ' "$scratch/host.json"
}
by_hand="az storage blob download --account-name $VOD_HOST_ACCOUNT --container-name $KEYS_CONTAINER --name $KEYS_BLOB \
--auth-mode login --file host.json    # its value of blobs_extension:
    VOD_EVENT_KEY=... $AGAIN"
key="$(wait_for 'The key for blob events' "$by_hand" event_key)"
key="${key//+/%2B}" key="${key//\//%2F}" key="${key//=/%3D}" # Base64, to stand in a query.

cat >"$scratch/parameters.json" <<JSON
{
  "\$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {
    "topicName": { "value": "$VOD_EVENT_TOPIC" },
    "deadLetterAccountId": { "value": "$VOD_DEAD_LETTER_ACCOUNT_ID" },
    "deadLetterContainer": { "value": "$VOD_DEAD_LETTER_CONTAINER" },
    "webhookUrl": { "value": "$VOD_API_URL/runtime/webhooks/blobs?functionName=Host.Functions.OnUpload&code=$key" }
  }
}
JSON

# Event Grid calls the app to see that it is there; a first call may come too early.
subscribe() {
  az deployment group create --subscription "$AZURE_SUBSCRIPTION_ID" --resource-group "$AZURE_RESOURCE_GROUP" \
    --name vod-event-subscription --template-file "$HERE/../event-subscription.bicep" \
    --parameters "@$scratch/parameters.json" --query properties.provisioningState --output tsv --only-show-errors
}
wait_for 'The event subscription' \
  "az deployment operation group list --resource-group $AZURE_RESOURCE_GROUP --name vod-event-subscription; $AGAIN" subscribe >/dev/null
say "uploads are announced to $VOD_API_APP"

"$HERE/site.sh"
