package org.isochron.sequencer.gateway;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.NegotiateDecoder;
import org.isochron.codecs.NegotiateEncoder;

/**
 * Who may log on: the sessions' shared secrets, and what the gateway has heard of each session. Secrets stay here; they
 * never enter a frame, a log or an error.
 */
public final class Credentials {
    /** Bytes under the signature before the text of the channel: sessionId, sessionVerId, timestampNs, responseStreamId. */
    private static final int FIXED_LENGTH = 24;

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] NOBODYS_SECRET = new byte[32];

    private final Int2ObjectHashMap<Known> bySessionId = new Int2ObjectHashMap<>();
    private final byte[] signature = new byte[NegotiateEncoder.signatureLength()];

    Credentials(final Map<Integer, byte[]> secrets) {
        secrets.forEach((sessionId, secret) -> bySessionId.put((int) sessionId, new Known(secret.clone())));
    }

    /**
     * The signature of a Negotiate: HMAC-SHA256 over sessionId, sessionVerId, timestampNs and responseStreamId as 4 + 8 + 8 +
     * 4 little-endian bytes, and the response channel's text. Who changes where the answers go has to hold the secret, too.
     *
     * @param responseUri      address where the client wants to be answered, ASCII.
     * @param responseStreamId stream there.
     */
    public static byte[] sign(
            final byte[] secret,
            final int sessionId,
            final long sessionVerId,
            final long timestampNs,
            final String responseUri,
            final int responseStreamId) {
        final byte[] text = responseUri.getBytes(StandardCharsets.US_ASCII);
        final byte[] signed = new byte[FIXED_LENGTH + text.length];
        final UnsafeBuffer buffer = new UnsafeBuffer(signed);
        buffer.putInt(0, sessionId, LITTLE_ENDIAN);
        buffer.putLong(4, sessionVerId, LITTLE_ENDIAN);
        buffer.putLong(12, timestampNs, LITTLE_ENDIAN);
        buffer.putInt(20, responseStreamId, LITTLE_ENDIAN);
        buffer.putBytes(FIXED_LENGTH, text);
        try {
            final Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(signed);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }

    /**
     * Whether a Negotiate is signed with its session's secret. The answer takes as long for an unknown session as for a
     * wrong signature.
     *
     * @param responseUri where it asks to be answered.
     */
    boolean areGenuine(final NegotiateDecoder negotiate, final String responseUri) {
        final int sessionId = (int) negotiate.sessionId();
        final Known known = bySessionId.get(sessionId);
        final byte[] secret = known == null ? NOBODYS_SECRET : known.secret;
        final byte[] expected =
                sign(secret, sessionId, negotiate.sessionVerId(), negotiate.timestampNs(), responseUri, (int)
                        negotiate.responseStreamId());
        for (int i = 0; i < signature.length; i++) {
            signature[i] = (byte) negotiate.signature(i);
        }
        final boolean matches = MessageDigest.isEqual(expected, signature);
        return matches && known != null;
    }

    /**
     * Uses up the timestamp of a genuine Negotiate. False when it is not later than the session's last one: somebody
     * replays what he overheard.
     */
    boolean useTimestamp(final int sessionId, final long timestampNs) {
        final Known known = bySessionId.get(sessionId);
        final boolean isFresh = timestampNs > known.lastTimestampNs;
        if (isFresh) {
            known.lastTimestampNs = timestampNs;
        }
        return isFresh;
    }

    /** Highest sessionVerId of the session that the core has confirmed to this gateway, 0 for none. */
    long lastSessionVerId(final int sessionId) {
        final Known known = bySessionId.get(sessionId);
        return known == null ? 0 : known.lastSessionVerId;
    }

    /** Whether the core has confirmed a higher sessionVerId of the session to this gateway. */
    boolean isStale(final int sessionId, final long sessionVerId) {
        return Long.compareUnsigned(sessionVerId, lastSessionVerId(sessionId)) < 0;
    }

    void confirmed(final int sessionId, final long sessionVerId) {
        final Known known = bySessionId.get(sessionId);
        if (known != null && Long.compareUnsigned(sessionVerId, known.lastSessionVerId) > 0) {
            known.lastSessionVerId = sessionVerId;
        }
    }

    private static final class Known {
        private final byte[] secret;
        private long lastTimestampNs;
        private long lastSessionVerId;

        Known(final byte[] secret) {
            this.secret = secret;
        }
    }
}
