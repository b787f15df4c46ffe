package io.freshet.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import io.smallrye.jwt.build.Jwt;

/** Creates signed tokens: a valid one, and several that are nearly valid. */
final class SignedTokens {

    private SignedTokens() {
    }

    static String right(String group) throws GeneralSecurityException {
        return token(Secured.ISSUER, group, 300, issuersKey());
    }

    /** Returns a token that is valid for this many seconds. */
    static String right(String group, long seconds) throws GeneralSecurityException {
        return token(Secured.ISSUER, group, seconds, issuersKey());
    }

    /** Returns tokens that must be rejected, by what is wrong with them. */
    static Map<String, String> wrong() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String right = right("admin");
        String claims = right.split("\\.")[1];
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("expired", token(Secured.ISSUER, "admin", -3600, issuersKey()));
        tokens.put("of another issuer", token("https://other.example", "admin", 300, issuersKey()));
        tokens.put("of another key", token(Secured.ISSUER, "admin", 300, generator.generateKeyPair().getPrivate()));
        tokens.put("unsigned", encoded("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + claims + ".");
        tokens.put("signed by nothing",
                encoded("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + claims + "." + right.split("\\.")[2]);
        tokens.put("signed with the public key", encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + claims + ".c2ln");
        tokens.put("changed", right.split("\\.")[0] + "." + encoded("{\"iss\":\"" + Secured.ISSUER
                + "\",\"groups\":[\"admin\"],\"exp\":4102444800}") + "." + right.split("\\.")[2]);
        tokens.put("without a role", token(Secured.ISSUER, "guests", 300, issuersKey()));
        tokens.put("without groups", Jwt.issuer(Secured.ISSUER).upn("somebody").expiresIn(300).sign(issuersKey()));
        tokens.put("nonsense", "a.b.c");
        tokens.put("no token and no key", "0123456789012345678901234567890123456789");
        tokens.put("empty", "");
        return tokens;
    }

    private static String token(String issuer, String group, long seconds, PrivateKey key) {
        Instant expiry = Instant.now().plusSeconds(seconds);
        return Jwt.issuer(issuer).upn("somebody").groups(group).issuedAt(expiry.minusSeconds(300)).expiresAt(expiry).sign(key);
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static PrivateKey issuersKey() throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(System.getProperty(Secured.PRIVATE_KEY))));
    }
}
