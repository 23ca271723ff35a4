/** Ed25519 (RFC 8032) over canonical JSON (RFC 8785). Keys are the body of a PEM file: base64 of PKCS #8, of SPKI for public ones. */
import type { KeyObject } from 'node:crypto';
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import canonicalize from 'canonicalize';

export interface SigningKey {
  privateKey: KeyObject;
  /** Base64 of SPKI: what others need to check a signature. */
  publicKey: string;
}

const body = (key: string): Buffer => Buffer.from(key.replaceAll(/-----[^-]+-----|\\n|\s/g, ''), 'base64');

const textOf = (key: KeyObject): string => key.export({ type: 'spki', format: 'der' }).toString('base64');

function ed25519(read: () => KeyObject): KeyObject | null {
  try {
    const key = read();
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}

/** null where the text is no Ed25519 private key, as PEM or as its body. */
export function readSigningKey(text: string): SigningKey | null {
  const privateKey = ed25519(() => createPrivateKey({ key: body(text), type: 'pkcs8', format: 'der' }));
  return privateKey && { privateKey, publicKey: textOf(createPublicKey(privateKey)) };
}

const readPublicKey = (text: string): KeyObject | null =>
  ed25519(() => createPublicKey({ key: body(text), type: 'spki', format: 'der' }));

/** In the one form in which keys are compared; null where the text is no Ed25519 public key. */
export function normalPublicKey(text: string): string | null {
  const key = readPublicKey(text);
  return key && textOf(key);
}

export function newSigningKey(): { privateKey: string; publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    publicKey: textOf(publicKey),
  };
}

const bytesOf = (content: object): Buffer => Buffer.from(canonicalize(content) ?? '');

/** Base64. */
export const signatureOf = (content: object, { privateKey }: SigningKey): string =>
  sign(null, bytesOf(content), privateKey).toString('base64');

export function isSignedBy(content: object, signature: string, publicKey: string): boolean {
  const key = readPublicKey(publicKey);
  return key !== null && verify(null, bytesOf(content), key, Buffer.from(signature, 'base64'));
}
