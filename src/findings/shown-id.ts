/**
 * What a person is shown of an id: of Azure's, which say subscription, group and type as well, the
 * name at their end. Everything else is shown as it is; documents always hold the whole id.
 */
export function shownId(id: string): string {
  return isArmId(id) ? (id.split('/').at(-1) ?? id) : id
}

const isArmId = (id: string): boolean => /^\/(subscriptions|providers)\//i.test(id)
