package dev.drawbridge.mcp.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Certificates and keys in PEM files (RFC 7468). */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    /** The algorithm identifier of RSA keys: OID 1.2.840.113549.1.1.1 and NULL. */
    private static final byte[] RSA = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };

    private Pem() {}

    static boolean isPem(Path file) throws IOException {
        return text(file).contains("-----BEGIN ");
    }

    static Collection<? extends Certificate> certificates(Path file) throws IOException, CertificateException {
        List<Certificate> found = new ArrayList<>();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (Matcher block = BLOCK.matcher(text(file)); block.find(); ) {
            if (block.group(1).endsWith("CERTIFICATE")) {
                found.add(factory.generateCertificate(new ByteArrayInputStream(decoded(block))));
            }
        }
        if (found.isEmpty()) {
            throw new CertificateException(file + " holds no certificate");
        }
        return found;
    }

    static PrivateKey privateKey(Path file, Optional<String> password) throws IOException, GeneralSecurityException {
        for (Matcher block = BLOCK.matcher(text(file)); block.find(); ) {
            byte[] der = decoded(block);
            switch (block.group(1)) {
                case "PRIVATE KEY" -> {
                    return key(der);
                }
                case "RSA PRIVATE KEY" -> {
                    return key(sequence(new byte[] {0x02, 0x01, 0x00}, RSA, tagged(0x04, der)));
                }
                case "ENCRYPTED PRIVATE KEY" -> {
                    return key(decrypted(
                            der,
                            password.orElseThrow(() ->
                                    new InvalidKeyException(file + " is encrypted and no keyPassword is given"))));
                }
                default -> {
                    // Certificates and curve parameters may stand before the key.
                }
            }
        }
        throw new InvalidKeyException(
                file + " holds no PKCS #8 or RSA private key; openssl pkcs8 -topk8 -nodes makes one of it");
    }

    private static byte[] decrypted(byte[] der, String password) throws IOException, GeneralSecurityException {
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
        Cipher cipher = Cipher.getInstance(info.getAlgParameters().toString());
        cipher.init(
                Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance(info.getAlgParameters().toString())
                        .generateSecret(new PBEKeySpec(password.toCharArray())),
                info.getAlgParameters());
        return info.getKeySpec(cipher).getEncoded();
    }

    private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                // The key says what it is only inside; the next algorithm may fit.
            }
        }
        throw new InvalidKeyException("the private key is neither RSA nor EC nor EdDSA");
    }

    private static byte[] sequence(byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        return tagged(0x30, content.toByteArray());
    }

    /** A DER value; keys are longer than 127 and shorter than 65,536 bytes. */
    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        out.write(0x82);
        out.write(content.length >> 8);
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] decoded(Matcher block) {
        return Base64.getMimeDecoder().decode(block.group(2));
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }
}
