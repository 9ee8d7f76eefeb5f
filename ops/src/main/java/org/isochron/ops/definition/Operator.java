package org.isochron.ops.definition;

import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.isochron.codecs.BalanceChangedDecoder;
import org.isochron.codecs.BusinessRejectDecoder;
import org.isochron.codecs.BusyDecoder;
import org.isochron.codecs.CommandAcceptedDecoder;
import org.isochron.codecs.GatewayRejectDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.TerminateCode;
import org.isochron.ops.venue.VenueAccess;
import org.isochron.sequencer.client.ClientConfig;
import org.isochron.sequencer.client.VenueClient;
import org.isochron.sequencer.client.VenueListener;
import org.isochron.sequencer.edge.Transport;

/**
 * The operator's session: sends definitions one by one, each after the outcome of the one before, so that a mistake is
 * told where it is made.
 */
public final class Operator implements VenueListener {
    private static final long IDLE_NS = 50_000;
    private static final int KEEP_ALIVE_MS = 10_000;
    private static final long MS = 1_000_000L;
    private static final long US = 1_000L;
    private static final long NONE = -1;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BalanceChangedDecoder balance = new BalanceChangedDecoder();
    private final VenueClient client;
    private final long timeoutMs;
    private long awaited = NONE;
    private RejectCode refusal;
    private long retryAfterNs;
    private String ending;

    private Operator(final VenueAccess access, final Transport transport, final long timeoutMs) {
        this.timeoutMs = timeoutMs;
        final ClientConfig config = access.freshSession(VenueDefinitions.OPERATOR)
                .withKeepAliveMs(KEEP_ALIVE_MS)
                .withConnectTimeoutMs((int) timeoutMs);
        client = VenueClient.connect(config, transport, access.clock(), this);
    }

    /**
     * Sends all definitions over a session of its own and waits until every one is in force.
     *
     * @param mayExist  whether a definition that is there already is fine: the venue was defined in an earlier run.
     * @param timeoutMs longest wait for the logon, and for each outcome.
     * @return definitions that were new.
     * @throws IllegalStateException when one is rejected, naming it and the reason, or the venue does not answer.
     */
    public static int define(
            final VenueAccess access,
            final VenueDefinitions definitions,
            final boolean mayExist,
            final long timeoutMs) {
        try (Transport transport = access.newTransport()) {
            final Operator operator = new Operator(access, transport, timeoutMs);
            try {
                return operator.defineAll(definitions, mayExist);
            } finally {
                operator.client.close();
            }
        }
    }

    private int defineAll(final VenueDefinitions definitions, final boolean mayExist) {
        if (!client.awaitEstablished(timeoutMs)) {
            throw new IllegalStateException("the operator cannot log on: "
                    + (ending == null ? "no answer within " + timeoutMs + " ms" : ending));
        }
        int made = 0;
        for (final Definition definition : definitions.commands()) {
            final RejectCode code = send(definition);
            if (code == null) {
                made++;
            } else if (code != RejectCode.ALREADY_DEFINED || !mayExist) {
                throw new IllegalStateException("the venue rejects " + definition.what() + ": " + code);
            }
        }
        return made;
    }

    /** Sends one and waits for its outcome: null when it is in force, else why not. */
    private RejectCode send(final Definition definition) {
        final long deadlineNs = System.nanoTime() + timeoutMs * MS;
        while (true) {
            awaited = NONE;
            refusal = null;
            retryAfterNs = NONE;
            final long seqNum = client.nextSeqNum();
            if (client.send(definition.message(), 0, definition.length()) > 0) {
                awaited = seqNum;
                awaitOutcome(definition, deadlineNs);
                if (retryAfterNs == NONE) {
                    return refusal;
                }
                LockSupport.parkNanos(retryAfterNs);
            }
            poll(definition, deadlineNs);
        }
    }

    private void awaitOutcome(final Definition definition, final long deadlineNs) {
        while (awaited != NONE) {
            poll(definition, deadlineNs);
        }
    }

    private void poll(final Definition definition, final long deadlineNs) {
        if (client.poll() == 0) {
            LockSupport.parkNanos(IDLE_NS);
        }
        if (ending != null) {
            throw new IllegalStateException("the operator's session ended at " + definition.what() + ": " + ending);
        }
        if (System.nanoTime() - deadlineNs > 0) {
            throw new IllegalStateException("no answer to " + definition.what() + " within " + timeoutMs + " ms");
        }
    }

    @Override
    public void onCommandAccepted(final CommandAcceptedDecoder accepted) {
        outcome(accepted.refSeqNum(), null);
    }

    @Override
    public void onBusinessReject(final BusinessRejectDecoder reject) {
        outcome(reject.refSeqNum(), reject.code());
    }

    /** Of the other events of the session only a change of cash answers a command. */
    @Override
    public void onEvent(final int templateId, final DirectBuffer buffer, final int offset, final int length) {
        if (templateId == BalanceChangedDecoder.TEMPLATE_ID) {
            outcome(balance.wrapAndApplyHeader(buffer, offset, header).refSeqNum(), null);
        }
    }

    private void outcome(final long seqNum, final RejectCode code) {
        if (seqNum == awaited) {
            awaited = NONE;
            refusal = code;
        }
    }

    @Override
    public void onBusy(final BusyDecoder busy) {
        if (busy.refSeqNum() == awaited) {
            awaited = NONE;
            retryAfterNs = busy.retryAfterUs() * US;
        }
    }

    @Override
    public void onGatewayReject(final GatewayRejectDecoder reject) {
        outcome(reject.refSeqNum(), reject.code());
    }

    @Override
    public void onRefused(final RejectCode code, final long lastSessionVerId) {
        ending = "refused, " + code;
    }

    @Override
    public void onTerminated(final TerminateCode code) {
        ending = code.toString();
    }

    @Override
    public void onGap(final long fromSessionSeq, final long toSessionSeq) {
        ending = "lost events " + fromSessionSeq + " to " + toSessionSeq;
    }
}
