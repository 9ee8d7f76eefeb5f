package org.isochron.sequencer.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class ChannelsTest {
    @Test
    void shouldPaceTheLogByTaggedReceiversOnly() {
        assertEquals(
                "aeron:udp?endpoint=239.10.9.1:20456|interface=127.0.0.1|ttl=0|term-length=1m|mtu=1408"
                        + "|fc=tagged,g:7/2,t:1s",
                Channels.logPublication("239.10.9.1:20456", "127.0.0.1", 0, 2));
        assertEquals(
                "aeron:udp?endpoint=239.10.9.1:20456|interface=10.77.0.0/24|ttl=4|gtag=7",
                Channels.logSubscription("239.10.9.1:20456", "10.77.0.0/24", 4));
    }

    @Test
    void shouldRefuseGroupsThatAeronOrTheNetworkCannotUse() {
        for (final String group : new String[] {"239.10.9.2:20456", "10.0.0.1:20456", "239.10.9.1", "localhost:1"}) {
            assertThrows(IllegalArgumentException.class, () -> Channels.feedPublication(group, "127.0.0.1", 0), group);
        }
    }
}
