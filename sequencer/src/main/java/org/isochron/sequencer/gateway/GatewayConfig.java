package org.isochron.sequencer.gateway;

import java.util.Map;
import org.isochron.codecs.Durability;

/**
 * What a gateway is told. Durations that face clients are in milliseconds, as in the schema.
 *
 * @param gatewayId          node id, 1 to 65,535: it travels in 16 bits of every frame.
 * @param partitionId        partition of the venue, told to clients.
 * @param durability         what an acknowledged command survives, told to clients.
 * @param secrets            shared secret of each session that may log on here, by session id.
 * @param maxConnections     clients served at once, refused ones included until their answer has left.
 * @param backlogBytes       what may wait for one slow client before it is disconnected, a power of two.
 * @param minKeepAliveMs     shortest keep-alive interval a client may ask for.
 * @param maxKeepAliveMs     longest one.
 * @param maxCodWindowMs     longest cancel-on-disconnect window a client may ask for.
 * @param handshakeMs        how long a client may take to establish, and to fetch its last messages.
 * @param privateStartMs     how long the first events of the private stream wait for the other matcher's.
 * @param privateGapMs       how long a missing private event is waited for.
 * @param messagesPerCycle   most client messages, and most private events, handled in one duty cycle.
 */
public record GatewayConfig(
        int gatewayId,
        int partitionId,
        Durability durability,
        Map<Integer, byte[]> secrets,
        int maxConnections,
        int backlogBytes,
        int minKeepAliveMs,
        int maxKeepAliveMs,
        int maxCodWindowMs,
        int handshakeMs,
        int privateStartMs,
        int privateGapMs,
        int messagesPerCycle) {

    private static final int MAX_GATEWAY_ID = 0xFFFF;
    private static final int MIN_SECRET_LENGTH = 8;
    private static final int MIN_BACKLOG_BYTES = 8192;
    private static final int MAX_MS = 60_000;

    public GatewayConfig {
        require(gatewayId >= 1 && gatewayId <= MAX_GATEWAY_ID, "gatewayId", gatewayId, "1 to " + MAX_GATEWAY_ID);
        require(partitionId >= 1, "partitionId", partitionId, "1 or more");
        require(durability != null && durability != Durability.NULL_VAL, "durability", durability, "D1, D2 or D3");
        require(secrets != null, "secrets", null, "a secret for each session");
        secrets.forEach(GatewayConfig::checkSecret);
        secrets = Map.copyOf(secrets);
        require(maxConnections >= 1, "maxConnections", maxConnections, "1 or more");
        require(
                backlogBytes >= MIN_BACKLOG_BYTES && Integer.bitCount(backlogBytes) == 1,
                "backlogBytes",
                backlogBytes,
                "a power of two from " + MIN_BACKLOG_BYTES);
        require(minKeepAliveMs >= 1, "minKeepAliveMs", minKeepAliveMs, "1 or more");
        requireMs("maxKeepAliveMs", maxKeepAliveMs, minKeepAliveMs);
        requireMs("maxCodWindowMs", maxCodWindowMs, 0);
        requireMs("handshakeMs", handshakeMs, 1);
        requireMs("privateStartMs", privateStartMs, 0);
        requireMs("privateGapMs", privateGapMs, 1);
        require(messagesPerCycle >= 1, "messagesPerCycle", messagesPerCycle, "1 or more");
    }

    /** The defaults for a gateway with those sessions: D1, partition 1. */
    public static GatewayConfig of(final int gatewayId, final Map<Integer, byte[]> secrets) {
        final int connections = 2 * (secrets == null ? 0 : secrets.size()) + 16;
        return new GatewayConfig(
                gatewayId, 1, Durability.D1, secrets, connections, 1 << 18, 100, 60_000, 60_000, 5_000, 100, 500, 64);
    }

    /** The same with another promise to clients; the caller sees to it that it holds. */
    public GatewayConfig withDurability(final Durability newDurability) {
        return new GatewayConfig(
                gatewayId,
                partitionId,
                newDurability,
                secrets,
                maxConnections,
                backlogBytes,
                minKeepAliveMs,
                maxKeepAliveMs,
                maxCodWindowMs,
                handshakeMs,
                privateStartMs,
                privateGapMs,
                messagesPerCycle);
    }

    public GatewayConfig withBacklogBytes(final int newBacklogBytes) {
        return new GatewayConfig(
                gatewayId,
                partitionId,
                durability,
                secrets,
                maxConnections,
                newBacklogBytes,
                minKeepAliveMs,
                maxKeepAliveMs,
                maxCodWindowMs,
                handshakeMs,
                privateStartMs,
                privateGapMs,
                messagesPerCycle);
    }

    /** Tells everything but the secrets. */
    @Override
    public String toString() {
        return "GatewayConfig[gatewayId=" + gatewayId + ", partitionId=" + partitionId + ", durability=" + durability
                + ", sessions=" + secrets.size() + ", maxConnections=" + maxConnections + ", backlogBytes="
                + backlogBytes + "]";
    }

    private static void checkSecret(final Integer sessionId, final byte[] secret) {
        final String key = "secrets." + Integer.toUnsignedString(sessionId);
        require(sessionId != 0, key, sessionId, "a session id from 1");
        final int length = secret == null ? 0 : secret.length;
        require(length >= MIN_SECRET_LENGTH, key, length + " bytes long", "at least " + MIN_SECRET_LENGTH + " bytes");
    }

    private static void requireMs(final String key, final int value, final int min) {
        require(value >= min && value <= MAX_MS, key, value, min + " to " + MAX_MS + " ms");
    }

    private static void require(final boolean holds, final String key, final Object value, final String right) {
        if (!holds) {
            throw new IllegalArgumentException(key + " is " + value + ", " + right + " is needed");
        }
    }
}
