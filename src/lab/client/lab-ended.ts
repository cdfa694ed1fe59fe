/** The lab is gone: another command took it down, or its process was killed. */
export class LabEnded extends Error {
  override readonly name = 'LabEnded'
}
