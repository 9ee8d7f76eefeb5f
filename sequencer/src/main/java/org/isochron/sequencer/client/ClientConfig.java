package org.isochron.sequencer.client;

import org.isochron.codecs.CodType;
import org.isochron.sequencer.edge.Channel;

/**
 * What a client needs to log on.
 *
 * @param sessionId        session, as the venue's operator has defined it.
 * @param sessionVerId     equal to the last one to continue where the venue stands, higher to start both directions
 *                         afresh.
 * @param secret           shared secret of the session.
 * @param gateway          where the gateway listens.
 * @param response         where this client listens; no other client may use it.
 * @param keepAliveMs      both sides send something at least this often.
 * @param codType          when the session's orders are cancelled.
 * @param codWindowMs      how long after a disconnect they stay.
 * @param connectTimeoutMs how long logging on may take.
 */
public record ClientConfig(
        int sessionId,
        long sessionVerId,
        byte[] secret,
        Channel gateway,
        Channel response,
        int keepAliveMs,
        CodType codType,
        int codWindowMs,
        int connectTimeoutMs) {

    public ClientConfig {
        require(sessionId != 0, "sessionId", sessionId, "a session id from 1");
        require(sessionVerId > 0, "sessionVerId", sessionVerId, "1 or more");
        require(secret != null && secret.length > 0, "secret", "empty", "the session's shared secret");
        require(gateway != null, "gateway", null, "a channel");
        require(response != null, "response", null, "a channel");
        require(keepAliveMs > 0, "keepAliveMs", keepAliveMs, "100 to 60,000");
        require(codType != null, "codType", null, "one of CodType");
        require(codWindowMs >= 0, "codWindowMs", codWindowMs, "0 to 60,000");
        require(connectTimeoutMs > 0, "connectTimeoutMs", connectTimeoutMs, "1 or more");
    }

    /** Keep-alive 1 s, orders cancelled at once when the session ends in whatever way, 5 s to log on. */
    public static ClientConfig of(
            final int sessionId,
            final long sessionVerId,
            final byte[] secret,
            final Channel gateway,
            final Channel response) {
        return new ClientConfig(
                sessionId,
                sessionVerId,
                secret,
                gateway,
                response,
                1_000,
                CodType.CANCEL_ON_DISCONNECT_OR_TERMINATE,
                0,
                5_000);
    }

    public ClientConfig withKeepAliveMs(final int newKeepAliveMs) {
        return new ClientConfig(
                sessionId,
                sessionVerId,
                secret,
                gateway,
                response,
                newKeepAliveMs,
                codType,
                codWindowMs,
                connectTimeoutMs);
    }

    public ClientConfig withCancelOnDisconnect(final CodType newCodType, final int newCodWindowMs) {
        return new ClientConfig(
                sessionId,
                sessionVerId,
                secret,
                gateway,
                response,
                keepAliveMs,
                newCodType,
                newCodWindowMs,
                connectTimeoutMs);
    }

    public ClientConfig withConnectTimeoutMs(final int newConnectTimeoutMs) {
        return new ClientConfig(
                sessionId,
                sessionVerId,
                secret,
                gateway,
                response,
                keepAliveMs,
                codType,
                codWindowMs,
                newConnectTimeoutMs);
    }

    /** Tells everything but the secret. */
    @Override
    public String toString() {
        return "ClientConfig[sessionId=" + sessionId + ", sessionVerId=" + sessionVerId + ", gateway=" + gateway
                + ", response=" + response + "]";
    }

    private static void require(final boolean holds, final String key, final Object value, final String right) {
        if (!holds) {
            throw new IllegalArgumentException(key + " is " + value + ", " + right + " is needed");
        }
    }
}
