#!/usr/bin/env bash
# Runs before "azd provision": sees that the Azure CLI, which the later hook uses, is there and signed in, and finds the month
# in which the budget began, which a budget keeps.
set -euo pipefail
HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=common.sh
. "$HERE/common.sh"

need_settings 'azd provision' AZURE_ENV_NAME AZURE_SUBSCRIPTION_ID
need_az

if [ -n "${VOD_BUDGET_START:-}" ]; then exit 0; fi

budget="https://management.azure.com/subscriptions/$AZURE_SUBSCRIPTION_ID/resourceGroups/rg-vod-$AZURE_ENV_NAME"
budget+="/providers/Microsoft.Consumption/budgets/vod-monthly?api-version=2024-08-01"
if start="$(az rest --method get --url "$budget" --query properties.timePeriod.startDate --output tsv 2>"$scratch/messages")"; then
  start="${start%%T*}"
elif grep -Eq 'NotFound|404' "$scratch/messages"; then
  start="$(date -u +%Y-%m-01)"
else
  cat "$scratch/messages" >&2
  die "Whether there is a budget already could not be read." "azd env set VOD_BUDGET_START $(date -u +%Y-%m-01) && azd provision"
fi
try 'The month of the budget could not be kept.' "azd env set VOD_BUDGET_START $start && azd provision" \
  azd env set VOD_BUDGET_START "$start"
