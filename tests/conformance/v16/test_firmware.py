"""How firmware comes to the station, and its diagnostics leave it."""

from __future__ import annotations

from tests.conformance.v16.cases import case
from tests.conformance.v16.stage import Stage
from tests.support.file_server import FileServer
from tests.support.packages import sealed
from tests.support.sought import said

NEW = "9.9.9"
IMAGE = sealed(NEW, b"a better station" * 100)
FIRMWARE, DIAGNOSTICS = "FirmwareStatusNotification", "DiagnosticsStatusNotification"
PATIENCE_S = 600.0


async def update(stage: Stage, files: FileServer, **more: object) -> None:
    """Order the firmware that is to be had now."""
    answer = await stage.csms.call(
        "UpdateFirmware",
        location=f"{files.url}/firmware",
        retrieveDate=stage.csms.instant(),
        **more,
    )
    assert answer == {}


async def told(stage: Stage, action: str, last: str) -> list[str]:
    """Return every status of an action, up to the last one."""
    await stage.csms.skip_to(said(action, status=last), PATIENCE_S)
    return [heard["status"] for heard in stage.csms.all(said(action))]


@case("TC_044_1_CS")
async def test_tc_044_1_install(stage: Stage, files: FileServer) -> None:
    """Each step is told, and the station boots with the new version."""
    files.files["/firmware"] = IMAGE
    await stage.boot()
    await update(stage, files)
    statuses = await told(stage, FIRMWARE, "Installed")

    assert statuses == ["Downloading", "Downloaded", "Installing", "Installed"]
    order = [heard.get("status") for heard in stage.csms.heard]
    boots = stage.csms.all(said("BootNotification"))
    assert len(boots) == 2
    assert boots[1]["firmwareVersion"] == NEW
    rebooted = stage.csms.heard.index(boots[1])
    assert order.index("Installing") < rebooted < order.index("Installed")


@case("TC_044_2_CS")
async def test_tc_044_2_download_failed(stage: Stage, files: FileServer) -> None:
    """Where there is no firmware, the station tries again and then gives up."""
    await stage.boot()
    await update(stage, files, retries=2, retryInterval=10)
    statuses = await told(stage, FIRMWARE, "DownloadFailed")
    await stage.csms.silence(60)

    assert statuses == ["Downloading", "DownloadFailed"]
    assert files.asked == ["/firmware"] * 3


@case("TC_044_3_CS")
async def test_tc_044_3_installation_failed(stage: Stage, files: FileServer) -> None:
    """What is no firmware is not installed, and the station goes on with what it has."""
    files.files["/firmware"] = IMAGE.replace(b"better", b"bitter", 1)
    await stage.boot()
    await update(stage, files)
    statuses = await told(stage, FIRMWARE, "InstallationFailed")
    await stage.charge()

    assert [word for word in statuses if word != "Installing"] == [
        "Downloading",
        "Downloaded",
        "InstallationFailed",
    ]
    assert len(stage.csms.all(said("BootNotification"))) == 1


@case("TC_045_1_CS")
async def test_tc_045_1_diagnostics(stage: Stage, files: FileServer) -> None:
    """The file that was named is at the server when its upload was told."""
    await stage.boot()
    answer = await stage.csms.call("GetDiagnostics", location=f"{files.url}/logs/")
    statuses = await told(stage, DIAGNOSTICS, "Uploaded")

    assert statuses == ["Uploading", "Uploaded"]
    assert len(files.files[f"/logs/{answer['fileName']}"]) > 0


@case("TC_045_2_CS")
async def test_tc_045_2_upload_failed(stage: Stage, files: FileServer) -> None:
    """A server that takes no file ends the upload."""
    files.closed = True
    await stage.boot()
    answer = await stage.csms.call(
        "GetDiagnostics", location=f"{files.url}/logs/", retries=1, retryInterval=10
    )
    statuses = await told(stage, DIAGNOSTICS, "UploadFailed")

    assert answer["fileName"]
    assert statuses == ["Uploading", "UploadFailed"]
    assert files.files == {}
