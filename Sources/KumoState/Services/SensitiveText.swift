/// The catalogue of kumo-format.md 5.1, one line for each pattern: service, path, class, and what has to stay
/// consistent.
///
/// In a path, `{}` is any key of a map, `[]` any element, `(a|b)` either; a final `{key}` means the map's keys
/// themselves, a final `**` the value and everything below it.
/// Classes: S secret, K private key material, P personal data, C free content, R only a reference.
enum SensitiveText {
  static let lines: StaticString = """
    secretsmanager secrets{}.(SecretString|SecretBinary) S equals VersionIDs[VersionID]
    secretsmanager secrets{}.VersionIDs{}.(SecretString|SecretBinary) S the current one equals the secret's own value
    secretsmanager secrets{}.Description C
    secretsmanager secrets{}.ExternalSecretRotationMetadata[].Value C
    secretsmanager secrets{}.Tags[].Value C
    secretsmanager policies{} C
    ssm parameters{}.Value S keep Type and Version
    ssm parameters{}.Description C
    iam accessKeys{}{}.SecretAccessKey S
    iam accessKeys{}{}.AccessKeyID S equals the inner map key
    iam accessKeys{}{key} S equals AccessKeyID
    iam accessKeys{key} P equals the user's name
    iam users{key} P equals UserName
    iam users{}.UserName P equals the map key
    iam roles{}.AssumeRolePolicyDocument C
    iam roles{}.InlinePolicies{} C
    iam policies{}.PolicyDocument C
    iam instanceProfiles{}.Roles[].AssumeRolePolicyDocument C a copy of the role's
    iam instanceProfiles{}.Roles[].InlinePolicies{} C a copy of the role's
    kms keys{}.KeyMaterial K base64 of 16, 24 or 32 bytes
    kms keys{}.AsymmetricKey K base64 of a PKCS#8 key
    kms keys{}.Policy C
    cognito-idp users{}{}.Password S
    cognito-idp userPoolClients{}.ClientSecret S
    cognito-idp confirmationCodes{} S
    cognito-idp confirmationCodes{key} P equals the user's name
    cognito-idp mfaConfigs{}.SmsMfaConfiguration.SmsConfiguration.ExternalId S
    cognito-idp users{}{}.Username P equals the map key
    cognito-idp users{}{key} P equals Username
    cognito-idp users{}{}.Attributes[].Value P
    cognito-idp userPools{}.EmailConfiguration.ReplyToEmailAddress P
    acm certificates{}.PrivateKey K a PEM key
    acm certificates{}.(CertificateBody|CertificateChain) C a PEM certificate
    acm certificates{}.DomainValidationOptions[].ValidationEmails[] P
    acm certificates{}.DomainValidationOptions[].ResourceRecord.Value C
    ec2 keyPairs{}.KeyMaterial K a PEM key; KeyFingerprint derives from it
    ec2 instances{}.(PrivateIPAddress|PublicIPAddress) P the same in reservations
    ec2 reservations{}.Instances[].(PrivateIPAddress|PublicIPAddress) P the same in instances
    lambda functions{}.Environment.Variables{} S
    lambda functions{}.Code.ZipFile C CodeSha256 and CodeSize follow it
    lambda functions{}.InvokeEndpoint C
    lambda functions{}.Policy.Statement[].Condition** C
    lambda functions{}.Description C
    ecs taskDefinitions{}.containerDefinitions[].environment[].value S
    ecs taskDefinitions{}.containerDefinitions[].(command|entryPoint)[] C
    batch jobDefinitions{}.containerProperties.environment[].value S
    batch jobDefinitions{}.containerProperties.logConfiguration.options{} S
    batch jobDefinitions{}.containerProperties.command[] C
    batch jobDefinitions{}.containerProperties.secrets[].valueFrom R
    batch jobDefinitions{}.containerProperties.logConfiguration.secretOptions[].valueFrom R
    batch jobDefinitions{}.nodeProperties.nodeRangeProperties[].container.environment[].value S
    batch jobDefinitions{}.nodeProperties.nodeRangeProperties[].container.logConfiguration.options{} S
    batch jobDefinitions{}.nodeProperties.nodeRangeProperties[].container.command[] C
    batch jobDefinitions{}.eksProperties.podProperties.containers[].env[].value S
    batch jobDefinitions{}.eksProperties.podProperties.containers[].(command|args)[] C
    batch jobDefinitions{}.parameters{} C
    batch jobs{}.container.environment[].value S
    batch jobs{}.container.logConfiguration.options{} S
    batch jobs{}.container.command[] C
    batch jobs{}.nodeProperties.nodeRangeProperties[].container.environment[].value S
    batch jobs{}.nodeProperties.nodeRangeProperties[].container.logConfiguration.options{} S
    batch jobs{}.nodeProperties.nodeRangeProperties[].container.command[] C
    batch jobs{}.eksProperties.podProperties.containers[].env[].value S
    batch jobs{}.eksProperties.podProperties.containers[].(command|args)[] C
    batch jobs{}.parameters{} C
    mq brokers{}.Users[].Password S
    mq brokers{}.Users[].Username P
    mq configurations{}.LatestRevision.Data C equals one of Revisions
    mq configurations{}.Revisions[].Data C
    ds directories{}.Password S
    ds directories{}.RadiusSettings.SharedSecret S
    ds directories{}.ConnectSettings.CustomerUserName P
    eventbridge connections{}.authParameters.ApiKeyAuthParameters.ApiKeyValue S
    eventbridge connections{}.authParameters.BasicAuthParameters.Password S
    eventbridge connections{}.authParameters.BasicAuthParameters.Username P
    eventbridge connections{}.authParameters.OAuthParameters.ClientParameters.(ClientSecret|ClientID) S
    eventbridge connections{}.authParameters.InvocationHttpParameters.HeaderParameters[].Value S
    eventbridge connections{}.authParameters.InvocationHttpParameters.QueryStringParameters[].Value S
    eventbridge connections{}.authParameters.InvocationHttpParameters.BodyParameters[].Value S
    eventbridge targets{}{}[].httpParameters.(HeaderParameters|QueryStringParameters){} S
    eventbridge targets{}{}[].httpParameters.PathParameterValues[] S
    eventbridge targets{}{}[].input C
    eventbridge targets{}{}[].inputTransformer.inputTemplate C
    eventbridge apiDestinations{}.invocationEndpoint C
    eventbridge deliveredEvents[].Detail C
    pipes pipes{}.EnrichmentParameters.HttpParameters.(HeaderParameters|QueryStringParameters){} S
    pipes pipes{}.EnrichmentParameters.HttpParameters.PathParameterValues[] S
    pipes pipes{}.(EnrichmentParameters|TargetParameters).InputTemplate C
    pipes pipes{}.TargetParameters.EcsTaskParameters.Overrides.ContainerOverrides[].Command[] C
    pipes pipes{}.SourceParameters.FilterCriteria.Filters[].Pattern C
    scheduler schedules{}.Target.Input C
    scheduler schedules{}.Target.SageMakerPipelineParameters.PipelineParameterList[].Value C
    amplify (apps{}|branches{}{}).environmentVariables{} S
    amplify apps{}.repository C
    apigateway restApis{}.stages{}.variables{} S
    apigateway restApis{}.resources{}.resourceMethods{}.methodIntegration.(requestParameters|requestTemplates){} C
    apigateway restApis{}.resources{}.resourceMethods{}.methodIntegration.uri C
    apigatewayv2 apis{}.stages{}.stageVariables{} S
    apigatewayv2 apis{}.integrations{}.(requestParameters|requestTemplates){} C
    apigatewayv2 apis{}.integrations{}.responseParameters{}{} C
    apigatewayv2 apis{}.integrations{}.integrationUri C
    appsync apis{}.resolvers{}.(code|requestMappingTemplate|responseMappingTemplate) C
    appsync apis{}.dataSources{}.httpConfig.endpoint C
    appsync apis{}.api.ownerContact P
    cloudformation stacks{}.Parameters{} S
    cloudformation stacks{}.TemplateBody C
    glue jobs{}.(DefaultArguments|NonOverridableArguments){} S
    glue jobRuns{}.Arguments{} S
    glue databases{}.Parameters{} C
    glue databases{}.LocationURI C
    glue tables{}.Parameters{} C
    glue tables{}.StorageDescriptor.(Parameters{}|SerdeInfo.Parameters{}) C
    glue tables{}.(ViewOriginalText|ViewExpandedText) C
    emrserverless jobRuns{}{}.jobDriver.sparkSubmit.entryPointArguments[] S
    emrserverless jobRuns{}{}.jobDriver.sparkSubmit.sparkSubmitParameters S
    emrserverless jobRuns{}{}.jobDriver.hive.(query|parameters) S
    emrserverless jobRuns{}{}.configurationOverrides.applicationConfiguration[].properties{} S
    emrserverless jobRuns{}{}.configurationOverrides.applicationConfiguration[].configurations** S
    sagemaker models{}.PrimaryContainer.Environment{} S
    sagemaker notebookInstances{}.DefaultCodeRepository C
    sagemaker notebookInstances{}.AdditionalCodeRepos[] C
    eks clusters{}.connectorConfig.(activationCode|activationId) S
    eks clusters{}.certificateAuthority.data C
    eks nodegroups{}{}.remoteAccess.ec2SshKey R
    memorydb users{}.AccessString S
    securitylake subscribers{}.subscriberIdentity.externalId S
    securitylake subscribers{}.subscriberEndpoint C
    codeconnections hosts{}.VpcConfiguration.TLSCertificate C a PEM certificate
    codeconnections hosts{}.ProviderEndpoint C
    sns subscriptions{}.Endpoint S equals the copy in topics
    sns topics{}.Subscriptions{}.Endpoint S equals the copy in subscriptions
    sns subscriptions{}.SubscriptionAttributes{} C equals the copy in topics
    sns topics{}.Subscriptions{}.SubscriptionAttributes{} C equals the copy in subscriptions
    sns topics{}.Attributes{} C
    sqs queues{}.messages[].Body C MD5OfBody follows it
    sqs queues{}.messages[].MessageAttributes{}.(StringValue|BinaryValue) C
    sqs queues{}.messages[].(MessageGroupID|MessageDeduplicationID) P
    sqs queues{}.queue.Policy C
    ses identities{}.Email P equals the map key
    ses identities{key} P equals Email
    ses emails[].source P
    ses emails[].destination[] P
    ses emails[].(subject|body|htmlBody|rawData) C
    sesv2 emailIdentities{}.IdentityName P equals the map key
    sesv2 emailIdentities{key} P equals IdentityName
    sesv2 emailIdentities{}.DkimAttributes.Tokens[] C
    sesv2 sentEmails[].FromEmailAddress P
    sesv2 sentEmails[].Destination.(ToAddresses|CcAddresses|BccAddresses)[] P
    sesv2 sentEmails[].(Subject|Body|HTMLBody|RawData|TemplateData) C
    sesv2 emailTemplates{}.TemplateContent.(Subject|Text|Html) C
    pinpointsmsvoicev2 sentTextMessages[].(DestinationPhoneNumber|OriginationIdentity) P
    pinpointsmsvoicev2 sentTextMessages[].MessageBody C
    s3 buckets{}.(objects{}|versions{}[]).Body C ETag, Size, bodyRef, the blob and all copies follow it
    s3 buckets{}.(objects{}|versions{}[]).(Metadata|Tags){} C
    s3 buckets{}.(objects{}|versions{}[]).SSEKMSKeyID R
    s3 buckets{}.(objects{key}|versions{key}) P equals Key
    s3 buckets{}.(objects{}|versions{}[]).Key P equals the map key
    s3 buckets{}.policy C
    s3 buckets{}.objectAcls{}.(OwnerID|OwnerName) P
    s3 buckets{}.objectAcls{}.Grants[].(GranteeID|DisplayName) P
    dynamodb tables{}.items{}** C the key attributes are in the item's map key
    dynamodb tables{}.items{key} C made of the key attributes
    dynamodb tags{}[].Value C
    kinesis streams{}.shards{}.records[].Data C
    kinesis streams{}.shards{}.records[].PartitionKey P
    firehose streams{}.records[].data C
    firehose streams{}.stream.Destinations[].ExtendedS3DestinationDescription.ProcessingConfiguration.Processors[].Parameters[].ParameterValue C
    logs logGroups{}.streams{}.events[].Message C StoredBytes follows it
    states stateMachines{}.Definition C
    states executions{}.execution.(Input|Output|Error|Cause) C the history repeats it
    states executions{}.history[].ExecutionStartedEventDetails.input C equals Input
    states executions{}.history[].ExecutionSucceededEventDetails.output C equals Output
    states executions{}.history[].ExecutionFailedEventDetails.(error|cause) C
    states executions{}.history[].ExecutionAbortedEventDetails.(error|cause) C
    states executions{}.history[].ExecutionTimedOutEventDetails.(error|cause) C
    xray traces{}.Segments[].Document C equals the copy in segments
    xray segments{}.Document C equals the copy in traces
    athena queryExecutions{}.Query C
    athena queryExecutions{}.ExecutionParameters[] C
    athena queryExecutions{}.Status.StateChangeReason C
    athena queryResults{}.Rows[].Data[].VarCharValue C
    ebs blocks{}{}.data C checksum is the SHA-256 in base64
    ecr repositories{}.images{}.ImageManifest C ImageDigest is its SHA-256
    route53 recordSets{}[].ResourceRecords[].Value C
    organizations organization.MasterAccountEmail P
    organizations accounts{}.(Email|Name) P
    rds (instances|clusters){}.MasterUsername P
    docdb clusters{}.MasterUsername P
    redshift clusters{}.MasterUsername P
    gamelift playerSessions{}.(PlayerID|IPAddress) P
    rekognition collections{}.Faces{}.(ExternalImageId|UserId) P
    codeguru-reviewer feedback{}{}.UserId P
    finspace users{}.userName P
    resiliencehub assessments{}.invoker P
    service-quotas requests{}.Requester P
    """
}
