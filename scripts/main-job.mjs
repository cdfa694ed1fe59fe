/** What `npm start` does when it is asked nothing: one diagnosis of the network that ships with Hopwise. */
export const mainJob = [
  'diagnose',
  '--network',
  'scenarios/first-look/network',
  '--from',
  'i-web-1',
  '--to',
  'i-db-1',
  '--protocol',
  'tcp',
  '--port',
  '3306',
]
