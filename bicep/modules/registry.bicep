metadata description = 'The registry that holds the image.'

@description('Where the registry lives.')
param location string

@description('Tags of every resource.')
param tags object

@description('Name of the resource.')
param name string

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: 'Basic' }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
  }
}

@description('Its host name.')
output loginServer string = registry.properties.loginServer
