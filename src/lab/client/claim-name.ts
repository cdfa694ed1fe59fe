import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ownName } from '../host/process-start.ts'
import { clearName, filesIn, isOurs, type LabFiles, labsFolder } from './lab-folder.ts'
import { UnusableFolder } from './unusable-folder.ts'

/**
 * Takes a name for the lab that this process is about to start: one rename, which fails while
 * another life has the place. Undefined if the name is taken. Throws `UnusableFolder`.
 */
export function claimName(name: string): LabFiles | undefined {
  return inLabsFolder(() => {
    const { draft, life } = layDraft()
    const folder = join(labsFolder(), name)
    try {
      clearName(name)
      renameSync(draft, folder)
      return filesIn(folder, life)
    } catch (error) {
      rmSync(draft, { recursive: true, force: true })
      if (isOccupied(error)) return undefined
      throw error
    }
  })
}

/** What a lab has when it begins, beside the places of names. */
function layDraft(): { readonly draft: string; readonly life: string } {
  const { pid, started } = ownName()
  const life = randomBytes(6).toString('hex')
  const draft = join(labsFolder(), `.${pid}.${started}.${life}`)
  makeFolder(join(draft, life))
  writeFileSync(filesIn(draft, life).state, JSON.stringify({ pid, started, isUp: false }))
  return { draft, life }
}

/** What rename(2) says of a folder that is not empty. */
function isOccupied(error: unknown): boolean {
  return error instanceof Error && 'code' in error && occupied.includes(String(error.code))
}

const occupied: readonly string[] = ['ENOTEMPTY', 'EEXIST']

/** Does what needs the folder of all labs, which is made if need be. */
function inLabsFolder<T>(act: () => T): T {
  const folder = labsFolder()
  try {
    makeFolder(folder)
    if (isOurs()) return act()
  } catch (error) {
    throw new UnusableFolder(folder, error)
  }
  throw new UnusableFolder(folder)
}

/** With its parents, from the top: `recursive` never comes back from where no folder can be (/proc). */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  const parent = dirname(path)
  if (parent !== path) makeFolder(parent)
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    // Another command made it in between.
    if (!existsSync(path)) throw error
  }
}
