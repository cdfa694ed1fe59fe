import { sentences } from '../template.ts'

/** Instances, their operating systems, their interfaces and addresses. */
export const instance = sentences({
  'instance.not-running': {
    say: '{component} is {state} and must be Running to carry packets',
    advice:
      'If it is Stopped, start it (other states pass by themselves): aliyun ecs StartInstance --InstanceId {component-id}',
  },
  'instance.locked': {
    say: '{component} is locked ({reason}) and cut off from the network',
    advice:
      'Open {component-id} in the ECS console and clear the lock: pay overdue bills (financial) or close the security event (security).',
  },
  'instance.no-interface': {
    say: '{component} has no network interface',
    advice: 'Open {component-id} in the ECS console and bind a network interface on its ENIs tab.',
  },
  'instance.ip-forward-disabled': {
    say: '{component} does not forward packets to {destination}, because IP forwarding is off in its operating system',
    advice: 'Turn it on as root inside the instance: sysctl -w {destination|forwarding}',
  },
  'instance.forwarding-opaque': {
    say: '{component} would have to forward packets to {destination}, and whether its operating system does is not in the input',
    advice:
      'Add what these commands print inside the instance to the guest facts of the input: sysctl net.ipv4.ip_forward; ip rule; ip route show table all',
  },
  'guest.route-missing': {
    say: '{component} holds no route that takes packets from {source} to {destination}',
    advice:
      'Inside the instance, add a route to {destination|cidr} to the table that {source} uses; this shows both: ip rule; ip route show table all',
  },
  'eni.not-attached': {
    say: '{component} is {state} and bound to no instance',
    advice: 'In the ECS console, choose Network & Security > ENIs and bind {component-id}.',
  },
  'eni.bad-state': {
    say: '{component} is {state} and must be InUse to carry packets',
    advice:
      'Wait until it is InUse; if it stays {state}, detach and attach it again. Its state: aliyun ecs DescribeNetworkInterfaceAttribute --NetworkInterfaceId {component-id}',
  },
  'eni.source-dest-check': {
    say: '{component} drops packets from {source} to {destination}, because its source/destination check admits only its own addresses',
    advice:
      'Turn the check off: aliyun ecs ModifyNetworkInterfaceAttribute --NetworkInterfaceId {component-id} --SourceDestCheck false',
  },
  'eni.no-public-address': {
    say: '{component} has no public IP address, which this connection over the Internet needs',
    advice: 'Give it one: aliyun ecs AllocatePublicIpAddress --InstanceId {component-id}',
  },
  'eni.no-ipv6-address': {
    say: '{component} has no IPv6 address, and its instance has none to send with to {destination}',
    advice:
      'Give it one: aliyun ecs AssignIpv6Addresses --NetworkInterfaceId {component-id} --Ipv6AddressCount 1',
  },
  'eni.no-groups': {
    say: '{component} has no security group in the input, so what filters its packets is not known',
    advice:
      'Add the output of this call to the input: aliyun ecs DescribeNetworkInterfaceAttribute --NetworkInterfaceId {component-id}',
  },
  'address.not-ours': {
    say: 'nothing in this network has the public address {address}, so what is sent to it does not come here',
    advice:
      'Ask about a public address of this network; if {address} ought to be one, it was released or belongs to an account that was not read.',
  },
  'address.not-assigned': {
    say: '{address} is assigned to nothing in VPC {vpc}',
    advice:
      'Ask about an address in use, or find out where this one is: aliyun ecs DescribeNetworkInterfaces {address|address-option}',
  },
  'address.holder-unknown': {
    say: 'who has {address} is not known: vSwitch {subnet} has addresses in use that the input does not list',
    advice:
      'Find its holder ({call}), make one file of the folder with hopwise import, and list it there under cloudService with its id, account, region, vpcId and cidrs.',
  },
  'eip.not-bound': {
    say: '{component} with address {address} is bound to nothing',
    advice:
      'In the VPC console, choose Elastic IP Addresses and bind {component-id} to an instance, network interface or NAT gateway.',
  },
  'eip.bad-state': {
    say: '{component} with address {address} is {state}; it must be InUse and unlocked',
    advice:
      'Wait until it is InUse, or settle what locked it; state and lock: aliyun vpc DescribeEipAddresses --AllocationId {component-id}',
  },
  'havip.no-master': {
    say: '{component} with address {address} has no master, because no instance announces the address',
    advice:
      'On one of the bound instances, start the program that announces {address} (Keepalived, for example).',
  },
  'ip.conflict': {
    say: '{address} belongs to more than one resource: {owners}',
    advice: 'Ask about a resource id instead, and renumber one of them if both must be reached.',
  },
})
