/** The value a test starts from; throws when the code under test refused to make it. */
export function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the value this test starts from was refused')
  return value
}
