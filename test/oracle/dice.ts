export { diceOf, seededRandom } from '#conformance'
export type { Dice, Random } from '#conformance'
