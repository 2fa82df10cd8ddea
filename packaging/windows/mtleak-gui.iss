; SPDX-License-Identifier: GPL-3.0-only
; The installer for one user, who needs no administrator. Inno Setup 6.3 or later, after the freezing (python -m mtleak_packaging):
;
;   iscc /DVersion=0.1.0 /DArch=x86_64 packaging\windows\mtleak-gui.iss
;
; With /DSign and a sign tool called "mtleak" (iscc "/Smtleak=signtool sign /fd sha256 /tr URL /td sha256 $f") the
; installer and its uninstaller are signed. Not signed, Windows asks "More info > Run anyway" at the first start.

#ifndef Version
  #error Give the version: iscc /DVersion=0.1.0
#endif
#ifndef Arch
  #define Arch "x86_64"
#endif
#define Name "MT Leakhunt"
#define Program "mtleak-gui.exe"
; As in mtleak_gui/app/taskbar_identity.py.
#define ModelId "MTLeakhunt.MTLeakhunt"
#define Root SourcePath + "..\.."

[Setup]
AppId={{5D4B8B0E-6C1A-4F8F-9E55-2B7C9D6A41F3}
AppName={#Name}
AppVersion={#Version}
AppVerName={#Name} {#Version}
VersionInfoVersion={#Version}
DefaultDirName={autopf}\{#Name}
DefaultGroupName={#Name}
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
#if Arch == "aarch64"
ArchitecturesAllowed=arm64
ArchitecturesInstallIn64BitMode=arm64
#else
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
#endif
MinVersion=10.0.17763
LicenseFile={#Root}\LICENSE
UninstallDisplayName={#Name}
UninstallDisplayIcon={app}\{#Program}
OutputDir={#Root}\build\package\release
OutputBaseFilename=mtleak-gui-{#Version}-windows-{#Arch}-setup
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes
#ifdef Sign
SignTool=mtleak
SignedUninstaller=yes
#endif

[Tasks]
Name: desktopicon; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked

[InstallDelete]
; A newer version does not need the libraries of an older one.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Root}\build\package\dist\mtleak-gui\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{group}\{#Name}"; Filename: "{app}\{#Program}"; AppUserModelID: "{#ModelId}"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\{#Program}"; AppUserModelID: "{#ModelId}"; Tasks: desktopicon

[Run]
Filename: "{app}\{#Program}"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent

; Recordings, reports and settings lie in the user's folders and stay when the program is removed.
