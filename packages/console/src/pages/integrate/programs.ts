import type { CallRequest } from './request.ts';

/** How a programming language writes values. */
interface Dialect {
  map: readonly [open: string, arrow: string, close: string];
  text: (text: string) => string;
  true: string;
  false: string;
  null: string;
}

const PYTHON: Dialect = {
  map: ['{', ': ', '}'],
  text: (text) => JSON.stringify(text),
  true: 'True',
  false: 'False',
  null: 'None',
};
const PHP: Dialect = {
  map: ['[', ' => ', ']'],
  text: (text) => `'${text.replaceAll(/[\\']/g, '\\$&')}'`,
  true: 'true',
  false: 'false',
  null: 'null',
};

/** Writes a value of JSON in another language. */
function written(value: unknown, dialect: Dialect, indent = ''): string {
  const { map, text } = dialect;
  if (typeof value === 'string') return text(value);
  if (typeof value === 'boolean' || value === null) return dialect[`${value}`];
  if (typeof value !== 'object') return JSON.stringify(value);
  const deeper = `${indent}    `;
  const [open, arrow, close] = Array.isArray(value) ? ['[', '', ']'] : map;
  const entries = Object.entries(value).map(
    ([name, of]) => `${deeper}${arrow && text(name) + arrow}${written(of, dialect, deeper)},\n`,
  );
  return entries.length === 0 ? open + close : `${open}\n${entries.join('')}${indent}${close}`;
}

/** Writes a request in Python, with nothing but what comes with it. */
export function pythonCode(server: string, { method, path, headers, body }: CallRequest, isPublic: boolean): string {
  const token = `credentials = b64encode(f"{environ['CLIENT_ID']}:{environ['CLIENT_SECRET']}".encode()).decode()
told = call("POST", "/oauth/v3/token", {"Authorization": f"Basic {credentials}"}, b"grant_type=client_credentials")
token = json.loads(told)["access_token"]
`;
  const sent = Object.entries(headers).map(([name, value]) => `${PYTHON.text(name)}: ${PYTHON.text(value)}`);
  const all = [...(isPublic ? [] : ['"Authorization": f"Bearer {token}"']), ...sent].join(', ');
  return `import json
import urllib.error
import urllib.request
from base64 import b64encode
from os import environ

SERVER = ${PYTHON.text(server)}


def call(method, path, headers, body=None):
    request = urllib.request.Request(SERVER + path, body, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as refusal:
        raise SystemExit(f"{refusal.code} {refusal.read().decode()}")


${isPublic ? '' : token}${body ? `body = ${written(body, PYTHON)}\n` : ''}print(call("${method}", ${PYTHON.text(path)}, {${all}}${body ? ', json.dumps(body).encode()' : ''}))`;
}

/** Writes a request in PHP, with nothing but what comes with it. */
export function phpCode(server: string, { method, path, headers, body }: CallRequest, isPublic: boolean): string {
  const token = `$credentials = base64_encode(getenv('CLIENT_ID') . ':' . getenv('CLIENT_SECRET'));
$form = ["Authorization: Basic $credentials", 'Content-Type: application/x-www-form-urlencoded'];
$token = json_decode(call('POST', '/oauth/v3/token', $form, 'grant_type=client_credentials'))->access_token;
`;
  const sent = Object.entries(headers).map(([name, value]) => PHP.text(`${name}: ${value}`));
  const all = [...(isPublic ? [] : ['"Authorization: Bearer $token"']), ...sent].join(', ');
  return `<?php
const SERVER = ${PHP.text(server)};

function call(string $method, string $path, array $headers, string $body = ''): string
{
    $http = ['method' => $method, 'header' => $headers, 'content' => $body, 'timeout' => 60, 'ignore_errors' => true];
    $answer = file_get_contents(SERVER . $path, false, stream_context_create(['http' => $http]));
    $status = (int) explode(' ', $http_response_header[0])[1];
    if ($status >= 400) {
        fwrite(STDERR, "$status $answer\\n");
        exit(1);
    }
    return $answer;
}

${isPublic ? '' : token}${body ? `$body = ${written(body, PHP)};\n` : ''}echo call('${method}', ${PHP.text(path)}, [${all}]${body ? ', json_encode($body)' : ''}), "\\n";`;
}

/** Writes a request in Java, with nothing but what comes with it. */
export function javaCode(server: string, { method, path, headers, body }: CallRequest, isPublic: boolean): string {
  const token = `    String credentials = System.getenv("CLIENT_ID") + ":" + System.getenv("CLIENT_SECRET");
    String told = call(request("/oauth/v3/token")
        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes()))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString("grant_type=client_credentials")));
    String token = told.replaceAll(".*\\"access_token\\":\\"([^\\"]+)\\".*", "$1");
`;
  const sent = Object.entries(headers).map(
    ([name, value]) => `        .header(${JSON.stringify(name)}, ${JSON.stringify(value)})\n`,
  );
  const all = [...(isPublic ? [] : ['        .header("Authorization", "Bearer " + token)\n']), ...sent].join('');
  const lines = JSON.stringify(body, null, 2)?.replaceAll('\\', '\\\\').split('\n');
  const block = lines && `    String body = """\n${lines.map((line) => `        ${line}`).join('\n')}""";\n`;
  return `import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;

public class Example {
  static final HttpClient HTTP = HttpClient.newHttpClient();

  static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(${JSON.stringify(server)} + path)).timeout(Duration.ofSeconds(60));
  }

  static String call(HttpRequest.Builder request) throws Exception {
    var answer = HTTP.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() >= 400) throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    return answer.body();
  }

  public static void main(String[] arguments) throws Exception {
${isPublic ? '' : token}${block ?? ''}    System.out.println(call(request(${JSON.stringify(path)})
${all}        .method("${method}", BodyPublishers.${body ? 'ofString(body)' : 'noBody()'})));
  }
}`;
}
