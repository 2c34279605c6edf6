metadata description = 'What Front Door refuses: too many calls from one address. Standard has rules of one\'s own, no managed ones.'

@description('Tags of every resource.')
param tags object

@description('Distinguishes the names of this deployment.')
param token string

@description('The profile of Front Door.')
param cdnProfileName string

@description('The endpoint and the site\'s own domain.')
param domains { id: string }[]

@description('Calls of the API that one address may make in a minute.')
@minValue(10)
param apiCallsPerMinute int

@description('Requests of any kind that one address may make in five minutes.')
@minValue(100)
param requestsPerFiveMinutes int

resource policy 'Microsoft.Network/FrontDoorWebApplicationFirewallPolicies@2024-02-01' = {
  name: 'wafvod${token}'
  location: 'Global'
  tags: tags
  sku: { name: 'Standard_AzureFrontDoor' }
  properties: {
    policySettings: { enabledState: 'Enabled', mode: 'Prevention', customBlockResponseStatusCode: 429 }
    customRules: {
      rules: [
        {
          name: 'ApiCalls'
          priority: 10
          ruleType: 'RateLimitRule'
          rateLimitDurationInMinutes: 1
          rateLimitThreshold: apiCallsPerMinute
          action: 'Block'
          enabledState: 'Enabled'
          groupBy: [{ variableName: 'SocketAddr' }]
          matchConditions: [
            {
              matchVariable: 'RequestUri'
              operator: 'Contains'
              negateCondition: false
              matchValue: ['/api/']
              transforms: ['Lowercase', 'UrlDecode']
            }
          ]
        }
        {
          name: 'Requests'
          priority: 20
          ruleType: 'RateLimitRule'
          rateLimitDurationInMinutes: 5
          rateLimitThreshold: requestsPerFiveMinutes
          action: 'Block'
          enabledState: 'Enabled'
          groupBy: [{ variableName: 'SocketAddr' }]
          matchConditions: [
            { matchVariable: 'RequestUri', operator: 'Contains', negateCondition: false, matchValue: ['/'], transforms: [] }
          ]
        }
      ]
    }
  }
}

resource profile 'Microsoft.Cdn/profiles@2025-06-01' existing = { name: cdnProfileName }

resource security 'Microsoft.Cdn/profiles/securityPolicies@2025-06-01' = {
  parent: profile
  name: 'waf'
  properties: {
    parameters: {
      type: 'WebApplicationFirewall'
      wafPolicy: { id: policy.id }
      associations: [{ domains: domains, patternsToMatch: ['/*'] }]
    }
  }
}
