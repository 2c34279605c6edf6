metadata description = 'The browser app and, on the same origin, the API: the pages call nobody else but storage and Web PubSub.'

@description('The profile of Front Door.')
param cdnProfileName string

@description('Its endpoint.')
param cdnEndpointName string

@description('The site\'s own domain.')
param customDomains { id: string }[]

@description('Resource id of the origin group that reads storage.')
param storageOriginGroupId string

@description('Resource id of the rules that every route to storage needs.')
param storageRulesId string

@description('The container of the site\'s files. It is no part of public paths.')
param containerName string

@description('Host name of the API\'s app.')
param apiHost string

@description('Where pages upload: the media account\'s blob service.')
param blobServiceUri string

@description('Endpoint of Web PubSub, whose WebSockets pages open.')
param pushEndpoint string

@description('The issuer, which a sign-in calls, or opens in a frame.')
param authAuthority string

@description('More sources (Content Security Policy) that the sign-in calls or opens in a frame, separated by blanks.')
@maxLength(100)
param signInSources string

var signIn = trim('https://${split(authAuthority, '/')[2]} ${signInSources}')

// One header: Front Door takes 640 characters of it.
var contentSecurityPolicy = join(
  [
    'default-src \'none\''
    'script-src \'self\''
    'style-src \'self\''
    'img-src \'self\' blob: data:'
    'media-src \'self\' blob:'
    'connect-src \'self\' ${blobServiceUri} ${replace(pushEndpoint, 'https://', 'wss://')} ${signIn}'
    'frame-src ${signIn}'
    'worker-src \'self\' blob:'
    'font-src \'self\''
    'manifest-src \'self\''
    'base-uri \'none\''
    'form-action \'none\''
    'frame-ancestors \'none\''
  ],
  '; '
)

// A rule has five actions at most.
var siteHeaders = [
  { name: 'Content-Security-Policy', value: contentSecurityPolicy }
  { name: 'X-Content-Type-Options', value: 'nosniff' }
  { name: 'Referrer-Policy', value: 'same-origin' }
  {
    name: 'Permissions-Policy'
    value: 'camera=(), microphone=(), geolocation=(), display-capture=(), payment=(), usb=()'
  }
  { name: 'Strict-Transport-Security', value: 'max-age=31536000' }
]

// A path without an extension is a place in the app, which its one page answers; all others are files.
var rewrites = [
  { name: 'page', isFile: false, destination: '/${containerName}/index.html' }
  { name: 'file', isFile: true, destination: '/${containerName}/' }
]

resource profile 'Microsoft.Cdn/profiles@2025-06-01' existing = {
  name: cdnProfileName

  resource endpoint 'afdEndpoints' existing = { name: cdnEndpointName }
}

resource siteRules 'Microsoft.Cdn/profiles/ruleSets@2025-06-01' = {
  parent: profile
  name: 'site'
}

resource headers 'Microsoft.Cdn/profiles/ruleSets/rules@2025-06-01' = {
  parent: siteRules
  name: 'headers'
  properties: {
    order: 1
    matchProcessingBehavior: 'Continue'
    conditions: []
    actions: [
      for header in siteHeaders: {
        name: 'ModifyResponseHeader'
        parameters: {
          typeName: 'DeliveryRuleHeaderActionParameters'
          headerAction: 'Overwrite'
          headerName: header.name
          value: header.value
        }
      }
    ]
  }
}

resource rewrite 'Microsoft.Cdn/profiles/ruleSets/rules@2025-06-01' = [
  for (row, index) in rewrites: {
    parent: siteRules
    name: row.name
    properties: {
      order: index + 2
      matchProcessingBehavior: 'Stop'
      conditions: [
        {
          name: 'UrlFileExtension'
          parameters: {
            typeName: 'DeliveryRuleUrlFileExtensionMatchConditionParameters'
            operator: 'LessThan' // Of its length.
            matchValues: ['1']
            negateCondition: row.isFile
            transforms: []
          }
        }
      ]
      actions: [
        {
          name: 'UrlRewrite'
          parameters: {
            typeName: 'DeliveryRuleUrlRewriteActionParameters'
            sourcePattern: '/'
            destination: row.destination
            preserveUnmatchedPath: row.isFile
          }
        }
      ]
    }
  }
]

resource site 'Microsoft.Cdn/profiles/afdEndpoints/routes@2025-06-01' = {
  parent: profile::endpoint
  name: 'site'
  properties: {
    originGroup: { id: storageOriginGroupId }
    patternsToMatch: ['/*'] // What no longer pattern takes.
    customDomains: customDomains
    ruleSets: [{ id: storageRulesId }, { id: siteRules.id }]
    supportedProtocols: ['Http', 'Https']
    httpsRedirect: 'Enabled'
    forwardingProtocol: 'HttpsOnly'
    linkToDefaultDomain: 'Enabled'
    enabledState: 'Enabled'
    cacheConfiguration: {
      // How long is said by each file's Cache-Control.
      queryStringCachingBehavior: 'IgnoreQueryString'
      compressionSettings: {
        isCompressionEnabled: true
        contentTypesToCompress: [
          'text/html'
          'text/css'
          'text/javascript'
          'application/json'
          'image/svg+xml'
          'text/plain'
        ]
      }
    }
  }
  dependsOn: [headers, rewrite]
}

resource apiOriginGroup 'Microsoft.Cdn/profiles/originGroups@2025-06-01' = {
  parent: profile
  name: 'api'
  properties: {
    // One origin, which balances its replicas itself; nothing to fail over to, so nothing is probed.
    loadBalancingSettings: { sampleSize: 4, successfulSamplesRequired: 3, additionalLatencyInMilliseconds: 50 }
    sessionAffinityState: 'Disabled'
  }
}

resource apiOrigin 'Microsoft.Cdn/profiles/originGroups/origins@2025-06-01' = {
  parent: apiOriginGroup
  name: 'app'
  properties: {
    hostName: apiHost
    originHostHeader: apiHost
    httpPort: 80
    httpsPort: 443
    priority: 1
    weight: 1000
    enabledState: 'Enabled'
    enforceCertificateNameCheck: true
  }
}

// The feed is the same for everybody, token or not, and says for how long it may be kept. Clients page by queries.
resource feeds 'Microsoft.Cdn/profiles/afdEndpoints/routes@2025-06-01' = {
  parent: profile::endpoint
  name: 'feeds'
  properties: {
    originGroup: { id: apiOriginGroup.id }
    patternsToMatch: ['/api/feeds']
    customDomains: customDomains
    ruleSets: []
    supportedProtocols: ['Https']
    httpsRedirect: 'Disabled'
    forwardingProtocol: 'HttpsOnly'
    linkToDefaultDomain: 'Enabled'
    enabledState: 'Enabled'
    cacheConfiguration: {
      queryStringCachingBehavior: 'UseQueryString'
      compressionSettings: { isCompressionEnabled: true, contentTypesToCompress: ['application/json'] }
    }
  }
  dependsOn: [apiOrigin]
}

// Nothing else of the API is cached here: what it answers depends on who asks, in which language.
resource api 'Microsoft.Cdn/profiles/afdEndpoints/routes@2025-06-01' = {
  parent: profile::endpoint
  name: 'api'
  properties: {
    originGroup: { id: apiOriginGroup.id }
    patternsToMatch: ['/api/*']
    customDomains: customDomains
    ruleSets: []
    supportedProtocols: ['Https']
    httpsRedirect: 'Disabled'
    forwardingProtocol: 'HttpsOnly'
    linkToDefaultDomain: 'Enabled'
    enabledState: 'Enabled'
  }
  dependsOn: [apiOrigin]
}
