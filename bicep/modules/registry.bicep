metadata description = 'The registry that holds the image.'

@description('Where the registry lives.')
param location string

@description('Tags of every resource.')
param tags object

@description('Distinguishes the names of this deployment.')
param token string

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' = {
  name: 'crvod${token}'
  location: location
  tags: tags
  sku: { name: 'Basic' }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
  }
}

@description('Name of the registry.')
output name string = registry.name

@description('Its host name.')
output loginServer string = registry.properties.loginServer
