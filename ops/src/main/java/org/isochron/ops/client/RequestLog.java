package org.isochron.ops.client;

/** The requests of one session by number, so that each gets its one answer. A price tick has none unless it is refused. */
final class RequestLog {
    private static final int REMEMBERED = 1 << 16;

    private final Request[] sent = new Request[REMEMBERED];
    private int unanswered;

    RequestLog() {
        for (int i = 0; i < sent.length; i++) {
            sent[i] = new Request();
        }
    }

    void sent(final Request request, final long seqNum) {
        final Request slot = sent[slot(seqNum)];
        if (!slot.isAnswered) {
            throw new IllegalStateException("request " + slot.seqNum + " (" + slot.kind + ") is without an answer, "
                    + REMEMBERED + " requests later");
        }
        slot.set(request);
        slot.seqNum = seqNum;
        slot.isAnswered = request.kind == Request.Kind.PRICE_TICK;
        if (!slot.isAnswered) {
            unanswered++;
        }
    }

    /**
     * An answer has come.
     *
     * @return the request, valid until the next one is sent.
     * @throws IllegalStateException when it has had its answer already, or was never sent.
     */
    Request answered(final long seqNum) {
        final Request request = sent[slot(seqNum)];
        if (request.seqNum != seqNum || request.isAnswered && request.kind != Request.Kind.PRICE_TICK) {
            throw new IllegalStateException("an answer too many to request " + seqNum);
        }
        if (!request.isAnswered) {
            request.isAnswered = true;
            unanswered--;
        }
        return request;
    }

    /** Requests without their answer. */
    int unanswered() {
        return unanswered;
    }

    private static int slot(final long seqNum) {
        return (int) (seqNum & (REMEMBERED - 1));
    }
}
