/** The name belongs to a lab that is up already, or that another command is just starting. */
export class LabTaken extends Error {
  override readonly name = 'LabTaken'
  readonly lab: string
  readonly isUp: boolean

  constructor(lab: string, isUp: boolean) {
    super(`a lab named ${lab} is ${isUp ? 'up already' : 'being started'}`)
    this.lab = lab
    this.isUp = isUp
  }
}
