package dev.drawbridge.keyring;

import dev.drawbridge.oauth.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The bytes of a sealed file: one header line in clear with the format's version and the key's fingerprint, a nonce
 * that is fresh at each writing, and all entries sealed together with AES-256-GCM (NIST SP 800-38D). Header and file
 * name are authenticated with them, so a file cannot be changed, cut or put in another's place unnoticed.
 *
 * @param fingerprint of the key it is sealed with
 */
record SealedFile(String fingerprint, byte[] nonce, byte[] sealed) {
    private static final String MAGIC = "drawbridge-tokens 1 ";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int FINGERPRINT_BYTES = 8;
    private static final int HEADER_BYTES = MAGIC.length() + 2 * FINGERPRINT_BYTES + 1;

    static SealedFile parse(byte[] content) throws IOException {
        if (content.length < HEADER_BYTES + NONCE_BYTES + TAG_BITS / 8) {
            throw new IOException("it is cut short");
        }
        String header = new String(content, 0, HEADER_BYTES, StandardCharsets.ISO_8859_1);
        if (!header.startsWith(MAGIC) || !header.endsWith("\n")) {
            throw new IOException("it does not begin as this version writes it");
        }
        return new SealedFile(
                header.substring(MAGIC.length()).strip(),
                Arrays.copyOfRange(content, HEADER_BYTES, HEADER_BYTES + NONCE_BYTES),
                Arrays.copyOfRange(content, HEADER_BYTES + NONCE_BYTES, content.length));
    }

    static SealedFile seal(String name, SecretKey key, Map<String, Secret> entries)
            throws IOException, GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        String fingerprint = fingerprint(key);
        byte[] plain = SealedEntries.encode(entries);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, name, fingerprint);
            return new SealedFile(fingerprint, nonce, cipher.doFinal(plain));
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    Map<String, Secret> open(String name, SecretKey key) throws IOException, GeneralSecurityException {
        byte[] plain =
                cipher(Cipher.DECRYPT_MODE, key, nonce, name, fingerprint).doFinal(sealed);
        try {
            return SealedEntries.decode(plain);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    boolean isSealedWith(SecretKey key) throws GeneralSecurityException {
        return fingerprint.equals(fingerprint(key));
    }

    byte[] content() {
        byte[] header = header(fingerprint);
        return ByteBuffer.allocate(header.length + nonce.length + sealed.length)
                .put(header)
                .put(nonce)
                .put(sealed)
                .array();
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String name, String fingerprint)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(header(fingerprint));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] header(String fingerprint) {
        return (MAGIC + fingerprint + "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Tells keys apart without telling anything about them. */
    private static String fingerprint(SecretKey key) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update("drawbridge sealing key".getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(key.getEncoded()), 0, FINGERPRINT_BYTES);
    }

    @Override
    public String toString() {
        return "SealedFile[" + fingerprint + "]";
    }
}
