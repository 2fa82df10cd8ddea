#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-only
# Makes mtleak-gui-VERSION-macos-ARCH.dmg of the frozen "MT Leakhunt.app": make_dmg.sh VERSION ARCH. Runs on a Mac.
#
# Without the variables below the program is signed for this Mac alone ("-"), and others must allow it once in
# System Settings > Privacy & Security. With them it opens on every Mac by a double click:
#   MTLEAK_SIGN_IDENTITY   name of a "Developer ID Application" certificate in the keychain
#   MTLEAK_NOTARY_PROFILE  name under which `xcrun notarytool store-credentials` has kept an Apple account
set -eu

version=$1
arch=$2
here=$(cd "$(dirname "$0")" && pwd)
package=$here/../../build/package
app="$package/dist/MT Leakhunt.app"
image=$package/release/mtleak-gui-$version-macos-$arch.dmg
identity=${MTLEAK_SIGN_IDENTITY:--}

if [ "$identity" = - ]; then
    codesign --force --deep --sign - "$app"
else
    codesign --force --deep --timestamp --options runtime --entitlements "$here/entitlements.plist" \
        --sign "$identity" "$app"
fi
codesign --verify --deep --strict "$app"

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
cp "$here/../../LICENSE" "$stage/LICENSE.txt"
rm -f "$image"
hdiutil create -volname "MT Leakhunt $version" -srcfolder "$stage" -format UDZO -fs HFS+ "$image"

if [ "$identity" != - ]; then
    codesign --timestamp --sign "$identity" "$image"
fi
if [ -n "${MTLEAK_NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$MTLEAK_NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
fi
echo "$image"
