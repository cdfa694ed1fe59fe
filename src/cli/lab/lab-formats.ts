/** The `kind` of what `lab up` prints, and of an error of any command about labs. */
export const labFormat = 'hopwise.lab/v1'

/** Of the plan that `lab up --dry-run` prints. */
export const labPlanFormat = 'hopwise.lab-plan/v1'

/** Of what `lab list` prints. */
export const labsFormat = 'hopwise.labs/v1'

/** Of what `lab verify` prints. */
export const verificationFormat = 'hopwise.verification/v1'
