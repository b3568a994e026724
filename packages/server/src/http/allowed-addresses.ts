import { BlockList, isIP } from 'node:net';

/** Which addresses the server may call because a distributor says so. */
export interface AddressRules {
  /** What is wrong with an address (URL), as far as it tells by itself; null where nothing is. */
  faultOf: (url: string) => string | null;
  /** Whether the operator vouches for a host by its name. */
  vouchesFor: (host: string) => boolean;
  /** Whether a connection to this IP address may be made for a URL. To be asked right before it is made. */
  mayConnect: (url: URL, ip: string) => boolean;
}

/** What is reserved for other things than public servers (IANA special-purpose registries), and what embeds IPv4. */
const RESERVED_V4 = `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
  192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15
  198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4`;
const RESERVED_V6 = '2001::/23 2001:db8::/32 2002::/16 3fff::/20';
/** All public IPv6 addresses begin so. */
const PUBLIC_V6 = '2000::/3';

const familyOf = (ip: string): 'ipv4' | 'ipv6' => (isIP(ip) === 4 ? 'ipv4' : 'ipv6');

/**
 * Makes a list of ranges.
 * @throws for what is no range
 */
function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [ip = '', bits] = range.split('/');
    const family = familyOf(ip);
    list.addSubnet(ip, bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits), family);
  }
  return list;
}

const reserved = listOf([...RESERVED_V4.split(/\s+/), ...RESERVED_V6.split(' ')]);
const publicV6 = listOf([PUBLIC_V6]);

/** Returns true for a public address. An IPv4 address within an IPv6 one is none of the public IPv6 addresses. */
const isPublic = (ip: string): boolean =>
  !reserved.check(ip, familyOf(ip)) && (isIP(ip) === 4 || publicV6.check(ip, 'ipv6'));

/**
 * Returns the host of a URL as it is compared: an IPv6 address without brackets, a name without the dot of the root.
 */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');

const isLocalName = (host: string): boolean => host === 'localhost' || host.endsWith('.localhost');

/**
 * Creates the rules by which only HTTPS and public addresses may be called, but for the operator's exceptions.
 * @param exceptions names of hosts, IP addresses and ranges of them (`10.0.0.0/8`): these may be private, and speak HTTP
 * @throws for a range that is none
 */
export function createAddressRules(exceptions: readonly string[]): AddressRules {
  const isRange = (entry: string): boolean => isIP(entry.split('/')[0] ?? '') !== 0;
  const ranges = listOf(exceptions.filter(isRange));
  const names = new Set(exceptions.filter((entry) => !isRange(entry)).map((name) => name.toLowerCase()));
  const isException = (host: string): boolean =>
    isIP(host) === 0 ? names.has(host) : ranges.check(host, familyOf(host));

  function faultOf(text: string): string | null {
    if (!URL.canParse(text)) return 'it is no URL';
    const url = new URL(text);
    const host = hostOf(url);
    if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'an https URL is needed';
    if (url.username !== '' || url.password !== '') return 'a name and password have no place in it';
    if (isException(host)) return null;
    if (isLocalName(host) || (isIP(host) !== 0 && !isPublic(host))) return 'a public address is needed';
    // A name may lead to an exception; which, turns out when it is called.
    return url.protocol === 'https:' || (isIP(host) === 0 && exceptions.some(isRange))
      ? null
      : 'an https URL is needed';
  }

  return {
    faultOf,
    vouchesFor: (host) => names.has(host),
    mayConnect: (url, ip) =>
      names.has(hostOf(url)) || ranges.check(ip, familyOf(ip)) || (url.protocol === 'https:' && isPublic(ip)),
  };
}
