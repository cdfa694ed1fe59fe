/** What an ARM id says: whose subscription, what type of resource, and the names along the way. */
export interface ArmId {
  readonly subscription: string
  readonly group: string
  /** In small letters, as `microsoft.network/virtualnetworks/subnets`. */
  readonly type: string
  /** The names of the resource and of those it is part of, the outermost first. */
  readonly names: readonly string[]
}

/** Undefined: not an id of a resource. */
export function parseArmId(text: string): ArmId | undefined {
  const found = shape.exec(text)
  if (!found) return undefined
  const [, subscription = '', group = '', space = '', path = ''] = found
  const parts = path.split('/')
  if (parts.length % 2 !== 0 || parts.includes('')) return undefined
  const types = parts.filter((_, at) => at % 2 === 0)
  const names = parts.filter((_, at) => at % 2 === 1)
  return { subscription, group, type: [space, ...types].join('/').toLowerCase(), names }
}

// Resources may stand in a group, or in the subscription itself.
const shape =
  /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?\/providers\/([^/]+)\/([^\s].*)$/i

/** Ids compare without regard to capitals. */
export function keyOf(id: string): string {
  return id.toLowerCase()
}

/** The id of what the resource is part of, as a subnet's virtual network; its own if of nothing. */
export function parentId(id: string): string {
  const parts = id.split('/')
  return parts.length > 3 ? parts.slice(0, -2).join('/') : id
}

export function lastName(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1)
}
