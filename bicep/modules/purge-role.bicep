metadata description = 'The role that may purge Front Door. A module of its own: a new role is assigned in a later deployment than it is made in.'

// The built-in roles that may purge may change the whole profile as well.
resource purger 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'vod-cdn-purge')
  properties: {
    roleName: 'VodFunctions CDN purge (${resourceGroup().name})'
    description: 'Purges what Front Door holds of a deleted video.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: ['Microsoft.Cdn/profiles/afdEndpoints/read', 'Microsoft.Cdn/profiles/afdEndpoints/purge/action']
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
  }
}

@description('Resource id of the role.')
output id string = purger.id
