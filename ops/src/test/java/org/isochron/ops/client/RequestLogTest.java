package org.isochron.ops.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RequestLogTest {
    private final RequestLog log = new RequestLog();

    @Test
    void shouldGiveEveryRequestItsOneAnswer() {
        log.sent(request(Request.Kind.NEW_ORDER, 7), 1);
        log.sent(request(Request.Kind.DEAD_MAN, 8), 2);
        assertEquals(2, log.unanswered());

        assertEquals(8, log.answered(2).intendedNs);
        assertEquals(7, log.answered(1).intendedNs);
        assertEquals(0, log.unanswered());
    }

    @Test
    void shouldRefuseASecondAnswerAndOneToWhatWasNeverSent() {
        log.sent(request(Request.Kind.CANCEL, 7), 1);
        log.answered(1);

        assertThrows(IllegalStateException.class, () -> log.answered(1));
        assertThrows(IllegalStateException.class, () -> log.answered(2));
    }

    @Test
    void shouldNotWaitForAPriceTickButKnowOneThatIsRefused() {
        log.sent(request(Request.Kind.PRICE_TICK, 7), 1);

        assertEquals(0, log.unanswered());
        assertEquals(Request.Kind.PRICE_TICK, log.answered(1).kind);
    }

    @Test
    void shouldNotForgetARequestThatIsWithoutItsAnswer() {
        log.sent(request(Request.Kind.NEW_ORDER, 7), 1);
        for (int seqNum = 2; seqNum <= 1 << 16; seqNum++) {
            log.sent(request(Request.Kind.PRICE_TICK, 0), seqNum);
        }

        final Request next = request(Request.Kind.PRICE_TICK, 0);
        assertThrows(IllegalStateException.class, () -> log.sent(next, (1 << 16) + 1));
    }

    private static Request request(final Request.Kind kind, final long intendedNs) {
        final Request request = new Request();
        request.kind = kind;
        request.intendedNs = intendedNs;
        return request;
    }
}
