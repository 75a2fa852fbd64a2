import KumoState
import Testing

/// The service of this name.
func service(_ name: String) throws -> KumoService {
  try #require(ServiceCatalogue.service(named: name.utf8))
}

/// The schema of the service of this name.
func schema(_ name: String) throws -> Schema {
  let service = try service(name)
  return try #require(Schema(of: service))
}
