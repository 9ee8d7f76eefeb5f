import static java.nio.charset.StandardCharsets.US_ASCII;

import io.aeron.driver.ThreadingMode;
import java.nio.file.Path;
import org.isochron.codecs.*;
import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.sequencer.aeron.AeronDriver;
import org.isochron.sequencer.client.*;
import org.isochron.sequencer.edge.*;

/** Logs on as maker 108 of the sample venue, quotes BTC-PERP both ways for ten seconds, and leaves nothing behind. */
public class FirstQuote {
    static final int ACCOUNT = 108, BTC_PERP = 1;

    public static void main(String[] args) {
        try (var driver = AeronDriver.launch(Path.of("run/driver/first-quote"), ThreadingMode.INVOKER);
                var transport = driver.newTransport();
                var maker = VenueClient.connect(
                        ClientConfig.of(108, SystemClock.INSTANCE.wallNs(), "sample-secret-of-maker-108".getBytes(US_ASCII),
                                new Channel("aeron:udp?endpoint=127.0.0.1:20410", 10),
                                new Channel("aeron:udp?endpoint=127.0.0.1:20450", 2108)),
                        transport, SystemClock.INSTANCE, new Prints())) {
            if (!maker.awaitEstablished(5_000)) {
                throw new IllegalStateException("the venue did not open session 108");
            }
            maker.newOrder(ACCOUNT, BTC_PERP, Side.BUY, FixedPoint.parse("59990", 9), 5, TimeInForce.GTC, true, 1);
            maker.newOrder(ACCOUNT, BTC_PERP, Side.SELL, FixedPoint.parse("60010", 9), 5, TimeInForce.GTC, true, 2);
            for (long end = System.nanoTime() + 10_000_000_000L; System.nanoTime() < end; ) {
                maker.poll();
            }
        } // leaving ends the session, and with it its orders: cancel on disconnect
    }

    static class Prints implements VenueListener {
        public void onRefused(RejectCode code, long lastSessionVerId) {
            System.out.println("session refused: " + code);
        }

        public void onOrderAck(OrderAckDecoder ack) {
            System.out.println("order " + ack.clOrdId() + " stands, matchSeq " + ack.stamp().matchSeq());
        }

        public void onFill(FillDecoder fill) {
            System.out.println("order " + fill.clOrdId() + " filled: " + fill.lastQuantity() + " lots at "
                    + FixedPoint.format(fill.lastPrice(), 9) + ", position " + fill.positionAfter());
        }

        public void onReject(RejectDecoder reject) {
            System.out.println("order " + reject.clOrdId() + " refused: " + reject.code());
        }
    }
}
