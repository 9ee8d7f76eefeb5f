package org.isochron.ops.config;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The shared secrets with which sessions prove who they are, by session id. They never enter the journal; {@link
 * #toString} keeps them out of logs.
 */
public final class Secrets {
    /** Shortest secret in bytes. */
    public static final int MIN_LENGTH = 16;

    private final Map<Integer, byte[]> bySession = new TreeMap<>();

    /**
     * @throws IllegalArgumentException when a secret is shorter than {@value #MIN_LENGTH} bytes.
     */
    public Secrets(final Map<Integer, byte[]> bySession) {
        bySession.forEach((sessionId, secret) -> {
            if (secret.length < MIN_LENGTH) {
                throw new IllegalArgumentException("the secret of session " + sessionId + " has " + secret.length
                        + " bytes, at least " + MIN_LENGTH + " are needed");
            }
            this.bySession.put(sessionId, secret.clone());
        });
    }

    /** Sessions that have one, ascending. */
    public Set<Integer> sessionIds() {
        return Set.copyOf(bySession.keySet());
    }

    /**
     * The secret of a session.
     *
     * @throws IllegalArgumentException when there is none.
     */
    public byte[] of(final int sessionId) {
        final byte[] secret = bySession.get(sessionId);
        if (secret == null) {
            throw new IllegalArgumentException(
                    "session " + sessionId + " has no secret; the ones that do: " + bySession.keySet());
        }
        return secret.clone();
    }

    static Secrets of(final Section section) {
        final Map<Integer, byte[]> secrets = new TreeMap<>();
        for (final String name : section.names()) {
            final byte[] secret = section.text(name).getBytes(StandardCharsets.UTF_8);
            if (!name.matches("[1-9][0-9]{0,8}")) {
                throw section.refuse("\"" + name + "\" is not a session id; a number such as \"101\" is needed", null);
            }
            secrets.put(Integer.parseInt(name), secret);
        }
        try {
            return new Secrets(secrets);
        } catch (final IllegalArgumentException ex) {
            throw section.refuse(ex.getMessage(), ex);
        }
    }

    @Override
    public String toString() {
        return "secrets of sessions " + bySession.keySet();
    }
}
