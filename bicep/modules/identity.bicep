metadata description = 'The two identities of the system. Nothing else signs in anywhere.'

@description('Where the identities live.')
param location string

@description('Tags of every resource.')
param tags object

@description('Distinguishes the names of this deployment.')
param token string

@description('What both container apps run as.')
resource app 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-vod-app-${token}'
  location: location
  tags: tags
}

@description('What Front Door reads media as.')
resource cdn 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-vod-cdn-${token}'
  location: location
  tags: tags
}

@description('Resource id of the apps\' identity.')
output appId string = app.id

@description('Client id of the apps\' identity.')
output appClientId string = app.properties.clientId

@description('Object id of the apps\' identity, for role assignments.')
output appPrincipalId string = app.properties.principalId

@description('Resource id of Front Door\'s identity.')
output cdnId string = cdn.id

@description('Object id of Front Door\'s identity, for role assignments.')
output cdnPrincipalId string = cdn.properties.principalId
