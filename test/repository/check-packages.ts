import type { LockEntry } from '../../scripts/complete-lock.mjs'

/** The parts of package.json and package-lock.json that this check reads. */
export type Packages = {
  readonly dependencies: Readonly<Record<string, string>>
  readonly locked: Readonly<Record<string, LockEntry & { readonly resolved?: string }>>
}

/** Dependencies that are not pinned to one version, and lock entries that name a host. */
export function checkPackages({ dependencies, locked }: Packages): readonly string[] {
  return [
    ...Object.entries(dependencies)
      .filter(([, range]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(range))
      .map(([name, range]) => `${name} is not pinned: ${range}`),
    ...Object.entries(locked).flatMap(([path, { resolved }]) =>
      resolved?.includes('://') ? [`${path} is locked to a host: ${resolved}`] : [],
    ),
  ]
}
