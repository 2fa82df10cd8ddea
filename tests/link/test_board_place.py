# SPDX-License-Identifier: GPL-3.0-only
"""A board is followed to another port by its identity, on all systems, and never mistaken for another board."""

from __future__ import annotations

from mtleak_gui.core.port_offer import PortOffer
from mtleak_gui.link.board_place import BoardPlace
from mtleak_gui.link.port_offers import offer_of
from mtleak_gui.link.serial_ports import SerialPort

RAK = (0x239A, 0x8029)
CP210X = (0x10C4, 0xEA60)


def native(device: str, serial: str = "C0FFEE01", location: str | None = "1-2") -> PortOffer:
    """Return a board with native USB, whose serial number is its own."""
    return offer_of(SerialPort(device, *RAK, serial, location, "WisCore RAK4631 Board"))


def bridge(device: str, location: str, serial: str = "0001") -> PortOffer:
    """Return a board behind a CP210x, whose serial number all of them share."""
    return offer_of(SerialPort(device, *CP210X, serial, location, "CP2102 USB to UART"))


def placed(device: str, *offers: PortOffer) -> BoardPlace:
    place = BoardPlace(device)
    place.look(offers)
    return place


def test_a_native_board_is_found_under_another_name_in_another_socket() -> None:
    place = placed("COM7", native("COM7"), native("COM3", "DEADBEEF"))
    assert (place.key, place.is_sure) == ("usb:239a:8029:C0FFEE01", True)
    assert not place.look([native("COM3", "DEADBEEF")]).came
    assert not place.is_there
    assert place.look([native("COM3", "DEADBEEF"), native("COM9", location="1-4")]).came
    assert (place.device, place.is_there) == ("COM9", True)


def test_a_board_behind_a_bridge_is_found_in_its_socket_only() -> None:
    place = placed("/dev/ttyUSB0", bridge("/dev/ttyUSB0", "1-2"))
    assert not place.is_sure
    place.look([])
    assert not place.look([bridge("/dev/ttyUSB0", "1-3")]).came, "another socket, though under the old name"
    assert not place.is_there
    assert place.look([bridge("/dev/ttyUSB0", "1-3"), bridge("/dev/ttyUSB1", "1-2")]).came
    assert place.device == "/dev/ttyUSB1"


def test_a_mac_names_ports_by_serial_number_or_socket() -> None:
    place = placed("/dev/cu.usbmodem1101", native("/dev/cu.usbmodem1101", location="1-1"))
    assert place.look([native("/dev/cu.usbmodem2101", location="2-1")]).came
    assert place.device == "/dev/cu.usbmodem2101"


def test_another_board_under_the_old_name_is_not_it() -> None:
    place = placed("COM7", native("COM7"))
    sight = place.look([native("COM7", "DEADBEEF")])
    assert (sight.came, sight.candidates, place.is_there) == (False, None, False)


def test_a_board_that_stays_is_not_looked_for_elsewhere() -> None:
    twin = native("COM8", location="1-3")
    place = placed("COM7", native("COM7"))
    assert not place.look([native("COM7"), twin]).came
    assert place.device == "COM7"


def test_a_twin_that_was_there_all_the_time_is_not_it() -> None:
    twin = native("COM8", location="1-3")
    place = placed("COM7", native("COM7"), twin)
    assert not place.look([twin]).came
    assert place.look([twin, native("COM9", location="1-4")]).came
    assert place.device == "COM9"


def test_a_port_that_another_board_of_ours_has_is_not_it() -> None:
    place = placed("COM7", native("COM7"))
    place.look([])
    assert not place.look([native("COM9")], taken={"COM9"}).came


def test_two_ports_that_could_be_it_are_asked_about_once() -> None:
    place = placed("COM7", native("COM7", location="1-2"))
    place.look([])
    pair = [native("COM9", location="1-5"), native("COM10", location="1-6")]
    sight = place.look(pair)
    assert sight.candidates == tuple(pair)
    assert not place.is_there
    assert place.look(pair).candidates is None
    place.found_at(pair[1])
    assert (place.device, place.is_there) == ("COM10", True)
    assert not place.look(pair).came


def test_the_question_is_taken_back_when_one_of_two_goes() -> None:
    place = placed("COM7", native("COM7", location="1-2"))
    place.look([])
    pair = [native("COM9", location="1-5"), native("COM10", location="1-6")]
    place.look(pair)
    sight = place.look(pair[:1])
    assert (sight.came, sight.candidates, place.device) == (True, (), "COM9")


def test_of_two_ports_the_one_in_the_old_socket_is_it() -> None:
    place = placed("COM7", native("COM7", location="1-2:x.0"), native("COM8", location="1-2:x.2"))
    place.look([])
    assert place.look([native("COM12", location="1-2:x.2"), native("COM11", location="1-2:x.0")]).came
    assert place.device == "COM11"


def test_a_port_without_usb_is_known_by_its_name() -> None:
    plain = offer_of(SerialPort("/dev/ttyS0"))
    place = placed("/dev/ttyS0", plain)
    place.look([])
    assert not place.is_there
    assert not place.look([offer_of(SerialPort("/dev/ttyS1"))]).came
    assert place.look([plain]).came


def test_a_port_that_is_in_no_list_is_tried_where_it_was() -> None:
    place = placed("/dev/pts/7", native("COM7"))
    assert (place.device, place.is_there, place.key) == ("/dev/pts/7", True, None)
