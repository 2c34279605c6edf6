#!/usr/bin/env bash
# Runs before "azd provision": finds the image that runs now, so that the templates leave it where it is, on whichever
# machine they are deployed from. On the first run there is none, and the bare Functions host stands in.
set -euo pipefail

die() { printf '%s\n' "$*" >&2; exit 1; }

for name in AZURE_ENV_NAME AZURE_SUBSCRIPTION_ID; do
  [ -n "${!name:-}" ] || die "$name is not set: run this by azd (azd provision)."
done
command -v az >/dev/null 2>&1 || die "The Azure CLI (az) is missing: https://aka.ms/azure-cli"
az account show --subscription "$AZURE_SUBSCRIPTION_ID" --output none 2>/dev/null || die "The Azure CLI is not signed in: az login"

group="rg-vod-$AZURE_ENV_NAME"
image=""
if [ "$(az group exists --name "$group" --subscription "$AZURE_SUBSCRIPTION_ID")" = true ]; then
  app="$(az resource list --resource-group "$group" --subscription "$AZURE_SUBSCRIPTION_ID" \
    --resource-type Microsoft.App/containerApps --query "[?tags.\"azd-service-name\"=='api'].name | [0]" --output tsv)"
  if [ -n "$app" ]; then
    az extension add --name containerapp --upgrade --only-show-errors >/dev/null
    image="$(az containerapp show --name "$app" --resource-group "$group" --subscription "$AZURE_SUBSCRIPTION_ID" \
      --query 'properties.template.containers[0].image' --output tsv)"
  fi
fi

# The stand-in is not kept: the templates know it.
case "$image" in mcr.microsoft.com/*) image="" ;; esac
azd env set SERVICE_API_IMAGE_NAME "$image"
