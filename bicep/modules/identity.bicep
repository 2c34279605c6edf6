metadata description = 'The identities of the system, one for each purpose. Nothing else signs in anywhere.'

import { names } from 'names.bicep'

@description('Where the identities live.')
param location string

@description('Tags of every resource.')
param tags object

@description('Names of this deployment\'s resources.')
param name names

@description('What the API runs as.')
resource api 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name.apiIdentity
  location: location
  tags: tags
}

@description('What the app with FFmpeg runs as: an upload that takes FFmpeg over must not find the API\'s rights.')
resource media 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name.mediaIdentity
  location: location
  tags: tags
}

@description('What the platform pulls the image as. No container gets a token of it.')
resource pull 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name.pullIdentity
  location: location
  tags: tags
}

@description('What Front Door reads media as.')
resource cdn 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name.cdnIdentity
  location: location
  tags: tags
}

@description('Object id of the API\'s identity.')
output apiPrincipalId string = api.properties.principalId

@description('Object id of the identity of the app with FFmpeg.')
output mediaPrincipalId string = media.properties.principalId

@description('Object id of the identity that pulls the image.')
output pullPrincipalId string = pull.properties.principalId

@description('Resource id of Front Door\'s identity.')
output cdnId string = cdn.id

@description('Object id of Front Door\'s identity.')
output cdnPrincipalId string = cdn.properties.principalId
