import type { PrefixListId } from '#model'

import { idOf } from '../brand.ts'
import { elementsOf, textOf } from '../spot.ts'
import { wordIn } from '../word.ts'
import { field } from './field.ts'
import { listAt } from './link.ts'
import type { Reading } from './reading.ts'
import type { ArmRecord } from './record.ts'
import { listedTag } from './service-tag.ts'

/** The service tag that has the addresses of a service; `regional`: those of some regions only. */
const tags: Readonly<Record<string, { readonly tag: string; readonly regional?: true }>> = {
  'microsoft.storage': { tag: 'Storage', regional: true },
  'microsoft.storage.global': { tag: 'Storage' },
  'microsoft.sql': { tag: 'Sql', regional: true },
  'microsoft.keyvault': { tag: 'AzureKeyVault' },
  'microsoft.azurecosmosdb': { tag: 'AzureCosmosDB' },
  'microsoft.servicebus': { tag: 'ServiceBus' },
  'microsoft.eventhub': { tag: 'EventHub' },
  'microsoft.azureactivedirectory': { tag: 'AzureActiveDirectory' },
  'microsoft.web': { tag: 'AppService' },
  'microsoft.containerregistry': { tag: 'AzureContainerRegistry' },
  'microsoft.cognitiveservices': { tag: 'CognitiveServicesManagement' },
}

/** Services that a subnet reaches past its route table. */
export function readServiceEndpoints(reading: Reading, record: ArmRecord): readonly PrefixListId[] {
  const lists = listAt(reading, record, 'serviceEndpoints').flatMap((item) => {
    const service = textOf(field(item, 'service'))
    if (service === undefined) return []
    const known = wordIn(tags, service)
    // A service without a known tag keeps its own word, and is a list that nobody has.
    if (!known) return [service]
    const locations = elementsOf(field(item, 'locations')).flatMap((spot) => textOf(spot) ?? [])
    const regional = known.regional ? regionalTags(reading, known.tag, locations) : []
    return regional.length > 0 ? regional : [listedTag(reading, known.tag) ?? known.tag]
  })
  return [...new Set(lists)].map((id) => idOf(id))
}

/** `westeurope` has its addresses under `Storage.WestEurope`, if those are in the input. */
function regionalTags(
  reading: Reading,
  tag: string,
  locations: readonly string[],
): readonly string[] {
  return locations.flatMap((place) => {
    const region = place.replaceAll(' ', '')
    return listedTag(reading, `${tag}.${region}`) ?? []
  })
}
